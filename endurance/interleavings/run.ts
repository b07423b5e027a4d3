// `npm run test:endurance -- interleavings`: plays ten thousand stories of two people in three tabs on two nodes.
//
//   … --stories 200     fewer stories
//   … --seed 7          the same stories as last time
import { parseArgs } from 'node:util'
import { readMigrations } from '../../app/database/migrating/migration-files.ts'
import { startTestPostgres } from '../../testing/database/on-each-engine.ts'
import { createTestDatabases } from '../../testing/database/test-databases.ts'
import { doOnAllCores, piecesOf } from '../threads/threads.ts'
import { addPlayed, nothingPlayed } from './interleavings.ts'

const { values } = parseArgs({
  options: {
    stories: { type: 'string', default: '10000' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const seed = Number(values.seed)
const postgres = await startTestPostgres()
const databases = await createTestDatabases(postgres.url, readMigrations())
try {
  console.log(`Seed ${seed}.`)
  const failures = await playStories(Number(values.stories))
  process.exitCode = failures.length === 0 ? 0 : 1
} finally {
  await databases.close()
  await postgres.stop()
}

async function playStories(count: number): Promise<readonly string[]> {
  let all = nothingPlayed
  const failures: string[] = []
  const startedAt = performance.now()
  const jobs = piecesOf(count, 250).map((piece, index) => async () => ({
    kind: 'stories' as const,
    seed: seed + index,
    count: piece.count,
    postgresUrl: await databases.createMigratedUrl(),
  }))
  await doOnAllCores(jobs, (done) => {
    if (done.kind !== 'stories') return
    all = addPlayed(all, done.played)
    if (done.failure !== undefined) failures.push(done.failure)
    process.stderr.write(`\r${all.stories.toLocaleString('en')} stories `)
  })
  const { stories, steps, connected, refused, held, tokenRequests } = all
  console.log(
    `\nStories of two people, three tabs and two nodes, ${((performance.now() - startedAt) / 1_000).toFixed(0)} s`,
  )
  console.log(
    `${stories} stories, ${steps} steps: ${connected} connections made, ${refused} refused, ` +
      `${held} held half-way, ${tokenRequests} token requests, ${failures.length} stories went wrong`,
  )
  for (const failure of failures) console.log(failure)
  return failures
}

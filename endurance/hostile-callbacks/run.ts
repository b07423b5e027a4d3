// `npm run test:endurance -- hostile-callbacks`: sends Taskr a million hostile callbacks and prints the figures.
//
//   … --count 20000                      fewer attacks
//   … --seed 7                           the same attacks as last time
//   … --seed 7 --from 4711 --count 1     one attack alone
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { startTestPostgres } from '../../testing/database/on-each-engine.ts'
import { readMigrations } from '../../app/database/migrating/migration-files.ts'
import { createTestDatabases } from '../../testing/database/test-databases.ts'
import { tableOf, totalOf } from './figures.ts'
import { attack, merge, noOutcome, type Outcome } from './hostile-callbacks.ts'
import { doOnAllCores, piecesOf } from '../threads/threads.ts'
import { createTutorialTarget } from './tutorial-behaviour.ts'

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000000' },
    from: { type: 'string', default: '0' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
const seed = Number(values.seed)
const first = Number(values.from)
const count = Number(values.count)
const cores = availableParallelism()
/** The most attacks per batch. Each batch has its own Taskr and keeps its log in memory. */
const largestBatch = 25_000
/** One attack in this many goes to two nodes on PostgreSQL, which take several times as long. */
const onPostgres = 50

const postgres = await startTestPostgres()
const databases = await createTestDatabases(postgres.url, readMigrations())
try {
  console.log(`Seed ${seed}.`)
  const tutorial = createTutorialTarget()
  const found = await attack(tutorial, { seed, count: 5_000 })
  await tutorial.close()
  report('An app that behaves like the tutorial’s, to see that the attacks find holes', found)

  const oneNode = await attackTaskr('Taskr, one node on SQLite', first, count)
  const twoNodes = await attackTaskr(
    'Taskr, two nodes on PostgreSQL',
    first + count,
    Math.ceil(count / onPostgres),
    async () => await databases.createMigratedUrl(),
  )
  const isFine = [oneNode, twoNodes].every(
    (outcome) => outcome.findings.length === 0 && outcome.stillConnects,
  )
  process.exitCode = isFine && totalOf(found).links > 0 ? 0 : 1
} finally {
  await databases.close()
  await postgres.stop()
}

async function attackTaskr(
  title: string,
  from: number,
  count: number,
  createUrl?: () => Promise<string>,
): Promise<Outcome> {
  let outcome = noOutcome
  const size = Math.min(largestBatch, Math.ceil(count / cores))
  const jobs = piecesOf(count, createUrl === undefined ? size : Math.ceil(size / 5)).map(
    (piece) => async () => ({
      kind: 'callbacks' as const,
      seed,
      from: from + piece.from,
      count: piece.count,
      postgresUrl: await createUrl?.(),
    }),
  )
  const startedAt = performance.now()
  await doOnAllCores(jobs, (done) => {
    if (done.kind === 'callbacks') outcome = merge(outcome, done.outcome)
    process.stderr.write(`\r${totalOf(outcome).attacks.toLocaleString('en')} attacks `)
  })
  report(`${title}, ${seconds(startedAt)} s`, outcome)
  for (const finding of outcome.findings) console.log(finding)
  return outcome
}

function report(title: string, outcome: Outcome): void {
  console.log(`\n${title}\n${tableOf(outcome)}`)
}

function seconds(startedAt: number): string {
  return ((performance.now() - startedAt) / 1_000).toFixed(0)
}

// `npm run test:endurance -- seats`: plays ten thousand pairs of actions of four people in two workspaces.
//
//   … --pairs 500          fewer pairs
//   … --engine postgres    on PostgreSQL, with two nodes
//   … --seed 7             the same stories as last time
import { parseArgs } from 'node:util'
import { startTestPostgres } from '../../testing/database/on-each-engine.ts'
import { doOnAllCores } from '../threads/threads.ts'
import { addSeatsPlayed, noSeatsPlayed } from './seat-interleavings.ts'

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '10000' },
    engine: { type: 'string', default: 'sqlite' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
  },
})
/** A story has thirteen pairs of actions on average. */
const pairsInAStory = 13
const storiesInAJob = 25

const seed = Number(values.seed)
const postgres = values.engine === 'postgres' ? await startTestPostgres() : undefined
const startedAt = performance.now()
const jobs = Array.from(
  { length: Math.ceil(Number(values.pairs) / pairsInAStory / storiesInAJob) },
  (_, index) => async () => ({
    kind: 'seats' as const,
    seed: seed + index,
    count: storiesInAJob,
    postgresUrl: postgres?.url,
  }),
)
const failures: string[] = []
let all = noSeatsPlayed
console.log(`Seed ${seed}, on ${values.engine}.`)
try {
  await doOnAllCores(jobs, (done) => {
    if (done.kind !== 'seats') return
    all = addSeatsPlayed(all, done.played)
    if (done.failure !== undefined) failures.push(done.failure)
    process.stderr.write(`\r${all.pairs.toLocaleString('en')} pairs `)
  })
} finally {
  await postgres?.stop()
}
const { stories, pairs, joined, refused, handedOver, looks } = all
const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0)
console.log(
  `\n${pairs} pairs of actions in ${stories} stories, ${seconds} s: ${joined} joined, ${handedOver} handed over, ` +
    `${refused} actions refused, ${looks} lists compared, ${failures.length} stories went wrong`,
)
for (const failure of failures) console.log(failure)
process.exitCode = failures.length === 0 ? 0 : 1

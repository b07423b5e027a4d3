// `node bench/sync.ts`: a full sync of 100,000 tasks, compared with a loop that only fetches and parses the same pages. The
// local Attio and each contender are processes of their own; the contenders take turns.
import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'

const { values } = parseArgs({
  options: {
    tasks: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '3' },
    /** Network time added to each page: a real network needs at least this. */
    latency: { type: 'string', default: '50' },
  },
})
const [tasks, rounds] = [Number(values.tasks), Number(values.rounds)]
const latencyMs = Number(values.latency)

const attioAnswer = z.object({ url: z.string(), accessToken: z.string() })
const result = z.object({
  ms: z.number(),
  cpuMs: z.number(),
  reads: z.number(),
  /** Peak memory above the start of the run. */
  memoryMb: z.number(),
  rowsWritten: z.number(),
})
type Result = z.infer<typeof result>

const attio = start('sync-attio.ts')
const place = attioAnswer.parse(await ask(attio, { tasks, latencyMs }))
const bare: Result[] = []
const first: Result[] = []
const second: Result[] = []
for (let round = 0; round < rounds; round += 1) {
  bare.push(...(await contend('bare')))
  const [one, two] = await contend('sync')
  if (one !== undefined && two !== undefined) {
    first.push(one)
    second.push(two)
  }
}
attio.kill()

const most = Math.ceil(tasks / 500) * 1.05
console.log(
  `${tasks.toLocaleString('en')} tasks, ${latencyMs} ms on the way to each page, ${rounds} rounds in turn, medians\n`,
)
console.log('                     seconds   of CPU   reads   MB above idle   task rows written')
for (const [name, results] of [
  ['bare loop', bare],
  ['first sync', first],
  ['second sync', second],
] as const) {
  const of = (what: keyof Result): number => median(results.map((each) => each[what]))
  const cells = [
    name.padEnd(20),
    (of('ms') / 1_000).toFixed(2).padStart(8),
    (of('cpuMs') / 1_000).toFixed(2).padStart(9),
    String(of('reads')).padStart(8),
    of('memoryMb').toFixed(0).padStart(16),
    String(of('rowsWritten')).padStart(20),
  ]
  console.log(cells.join(''))
}
const ratio = median(first.map(({ ms }, round) => ms / (bare[round]?.ms ?? ms)))
console.log(`\nfirst sync to bare loop: ${ratio.toFixed(2)} (at most 1.5); reads: at most ${most}`)

async function contend(kind: 'bare' | 'sync'): Promise<readonly Result[]> {
  const child = start('sync-contender.ts')
  const results = z.array(result).parse(await ask(child, { kind, ...place }))
  await new Promise((resolve) => child.once('exit', resolve))
  return results
}

function start(file: string): ChildProcess {
  return fork(join(import.meta.dirname, file), { execArgv: ['--expose-gc'] })
}

function ask(child: ChildProcess, message: object): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  child.once('message', resolve)
  child.once('exit', (code) => reject(new Error(`ended with ${code}`)))
  child.send(message)
  return promise
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}

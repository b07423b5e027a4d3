// Attacks Taskr in batches, each on a fresh one in a thread of its own, as many threads at once as there are cores.
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { merge, noOutcome, type Campaign, type Outcome } from './hostile-callbacks.ts'

export interface Batch extends Campaign {
  /** An empty database for two nodes; without it one node on SQLite. */
  readonly postgresUrl?: string | undefined
}

export async function attackOnAllCores(
  batches: readonly Batch[],
  onProgress: (outcome: Outcome) => void = () => {},
): Promise<Outcome> {
  const waiting = [...batches]
  let outcome = noOutcome
  const work = async (): Promise<void> => {
    for (let batch = waiting.shift(); batch !== undefined; batch = waiting.shift()) {
      const ended = await attackInThread(batch)
      outcome = merge(outcome, ended)
      onProgress(outcome)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
  return outcome
}

export function batchesOf(campaign: Campaign, size: number): readonly Campaign[] {
  const { seed, from = 0, count } = campaign
  return Array.from({ length: Math.ceil(count / size) }, (_, batch) => ({
    seed,
    from: from + batch * size,
    count: Math.min(size, count - batch * size),
  }))
}

const tally = z.object({
  attacks: z.number(),
  requests: z.number(),
  tokenRequests: z.number(),
  tokensGranted: z.number(),
  links: z.number(),
  failures: z.number(),
  crashes: z.number(),
  indiscretions: z.number(),
})
const message: z.ZodType<Outcome> = z.object({
  byClass: z.map(z.string(), tally),
  findings: z.array(z.string()),
  stillConnects: z.boolean(),
})

async function attackInThread(batch: Batch): Promise<Outcome> {
  const worker = new Worker(new URL('attack-thread.ts', import.meta.url), { workerData: batch })
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  worker.once('message', resolve)
  worker.once('error', reject)
  worker.once('exit', (code) => reject(new Error(`The thread ended with ${code}.`)))
  return message.parse(await promise)
}

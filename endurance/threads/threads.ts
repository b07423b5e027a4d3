// Runs jobs in threads, as many at a time as there are cores.
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { done, type Done, type Job } from './job.ts'

/** Runs all jobs; calls `onDone` after each, in any order. */
export async function doOnAllCores(
  jobs: readonly (() => Promise<Job>)[],
  onDone: (done: Done) => void,
): Promise<void> {
  // The threads share one iterator: a free thread takes the next job.
  const waiting = Iterator.from(jobs)
  const work = async (): Promise<void> => {
    for (const job of waiting) onDone(await doInThread(await job()))
  }
  await Promise.all(Array.from({ length: availableParallelism() }, work))
}

/** Splits a number of attacks or stories into batches of at most the given size. */
export function piecesOf(count: number, size: number): readonly { from: number; count: number }[] {
  return Array.from({ length: Math.ceil(count / size) }, (_, piece) => ({
    from: piece * size,
    count: Math.min(size, count - piece * size),
  }))
}

async function doInThread(job: Job): Promise<Done> {
  const thread = new Worker(new URL('thread.ts', import.meta.url), { workerData: job })
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  thread.once('message', resolve)
  thread.once('error', reject)
  thread.once('exit', (code) => reject(new Error(`The thread ended with ${code}.`)))
  return done.parse(await promise)
}

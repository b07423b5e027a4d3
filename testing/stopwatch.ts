// Measures how long work took this process, without the time it waited for a processor, so that tests with time limits
// also hold on a busy machine.
import { readFileSync } from 'node:fs'

export interface Stopwatch {
  readonly elapsedMs: () => number
}

export function startStopwatch(): Stopwatch {
  const startedAt = performance.now()
  const waitedBefore = readWaitedMs('thread-self')
  return {
    elapsedMs: () => performance.now() - startedAt - (readWaitedMs('thread-self') - waitedBefore),
  }
}

/** Returns how long a process was ready to run and had no processor; 0 where the system does not say. */
export function readWaitedMs(process: number | 'thread-self'): number {
  try {
    const [, waitedNs = ''] = readFileSync(`/proc/${process}/schedstat`, 'utf8').split(' ')
    return Number(waitedNs) / 1e6
  } catch {
    return 0
  }
}

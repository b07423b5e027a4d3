// Limits how long a person waits for Attio over all calls of one request: each call has its own deadline, and several in
// a row, with retries, could take minutes.
import { AttioTimeoutError } from '@taskr/attio'

const timeLimitMs = 10_500

/** Runs `work` with a signal that aborts its calls, as a missed deadline does, when the time is up. */
export async function withinTimeLimit<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const ending = new AbortController()
  const over = (): void => ending.abort(new AttioTimeoutError('all calls together', timeLimitMs))
  const timer = setTimeout(over, timeLimitMs)
  try {
    return await work(ending.signal)
  } finally {
    clearTimeout(timer)
  }
}

// How long a person waits for Attio at most, over all the calls that one request of theirs needs: each call has a
// deadline of its own, and several in a row, with repeats, would be minutes.
import { AttioTimeoutError } from '@taskr/attio'

const patienceMs = 10_500

/** Runs `work` with a signal that ends its calls, as a missed deadline does, when the patience is over. */
export async function withinPatience<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const ending = new AbortController()
  const over = (): void => ending.abort(new AttioTimeoutError('all calls together', patienceMs))
  const timer = setTimeout(over, patienceMs)
  try {
    return await work(ending.signal)
  } finally {
    clearTimeout(timer)
  }
}

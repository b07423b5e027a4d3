// Enforces a deadline over a whole piece of work, even when the work ignores its signal.

export const deadlineReached: unique symbol = Symbol('deadline reached')

/**
 * Runs `work` with a signal that fires at the deadline or when `outer` does. Rejects with
 * `deadlineReached`, or with the outer signal's reason.
 */
export async function withDeadline<T>(
  ms: number,
  outer: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  outer?.throwIfAborted()
  const deadline = new AbortController()
  const signal = outer === undefined ? deadline.signal : AbortSignal.any([outer, deadline.signal])
  // AbortSignal.timeout() could not be ended with the work, and would let an idle process exit before the deadline.
  const timer = setTimeout(() => deadline.abort(deadlineReached), ms)
  try {
    return await Promise.race([work(signal), abortOf(signal)])
  } finally {
    clearTimeout(timer)
  }
}

function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

/** Returns the same promise, but rejects with the signal's reason when the signal fires first. */
export async function untilAborted<T>(work: Promise<T>, signal?: AbortSignal): Promise<T> {
  if (signal === undefined) return work
  signal.throwIfAborted()
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason)
    signal.addEventListener('abort', onAbort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}

/** Resolves after `ms`; rejects with the signal's reason when the signal fires first. */
export async function waitFor(ms: number, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted()
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    }, ms)
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}

const longestTimerMs = 2 ** 31 - 1

/** Checks a timer's length: positive and within the platform's limit, beyond which timers fire at once. */
export function checkDuration(name: string, ms: number): number {
  if (!(ms > 0 && ms <= longestTimerMs)) {
    throw new TypeError(`${name} must be between 1 and ${longestTimerMs} milliseconds`)
  }
  return ms
}

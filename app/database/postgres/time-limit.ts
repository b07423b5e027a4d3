// A limit in real time: PostgreSQL's own timeouts end no wait for a network that swallows every byte.

/** Looks like a network error, and so becomes a 503. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError'
  readonly code = 'ETIMEDOUT'
}

/** Returns the result of `work`, or rejects with a TimeLimitError after `ms`. `work` goes on unobserved. */
export async function withinMs<Result>(
  ms: number,
  what: string,
  work: Promise<Result>,
): Promise<Result> {
  const { promise: limit, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new TimeLimitError(`${what} took over ${ms} ms`)), ms)
  try {
    return await Promise.race([work, limit])
  } finally {
    clearTimeout(timer)
  }
}

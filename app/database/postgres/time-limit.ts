// A time limit kept by the client: PostgreSQL's own timeouts cannot end a wait on a network that drops every byte.

/** Has the form of a network error, and so is answered with a 503. */
export class TimeLimitError extends Error {
  override readonly name = 'TimeLimitError'
  readonly code = 'ETIMEDOUT'
}

/** Returns the result of `work`, or rejects with a TimeLimitError after `ms`. `work` itself is not stopped. */
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

// Lets an app with several clients keep all of them within Attio's limits.
import type { Method } from '../http/exchange.ts'

export interface LimitedCall {
  readonly method: Method
  /** Which of Attio's two limits counts the call: 100 reads and 25 writes a second for each app. */
  readonly access: 'read' | 'write'
}

/**
 * A function that resolves once an attempt has its permit. The client awaits it before every attempt,
 * retries included, and outside the attempt's deadline. After the attempt, the client awaits the
 * function that the permit resolved with, if any. An error becomes the call's error; throw
 * AttioUnavailableError for an expected one. Reject when the signal aborts, so that a waiting call ends.
 * Source: docs.attio.com/rest-api/guides/rate-limiting
 */
export type RateLimiter = (call: LimitedCall, signal?: AbortSignal) => Promise<ReleasePermit | void>

export type ReleasePermit = () => void | Promise<void>

/** Returns which limit counts a request. Queries and searches only read, although they are sent as POST. */
export function accessOf(request: {
  readonly method: Method
  readonly isRead?: boolean
}): LimitedCall['access'] {
  return request.method === 'GET' || request.isRead === true ? 'read' : 'write'
}

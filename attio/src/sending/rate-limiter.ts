// Lets an app with several clients keep all of them within Attio's limits.
import type { Method } from '../http/exchange.ts'

export interface LimitedCall {
  readonly method: Method
  /** Which of Attio's two limits counts the call: 100 reads and 25 writes a second for each app. */
  readonly access: 'read' | 'write'
}

/**
 * Resolves once the attempt has its permit. The client awaits it before every attempt, retries
 * included, outside the attempt's deadline, and awaits the returned function, if any, after the attempt.
 * An error becomes the call's error; throw AttioUnavailableError for an expected one. Observe the
 * signal, so that a waiting call can be aborted.
 * Source: docs.attio.com/rest-api/guides/rate-limiting
 */
export type RateLimiter = (call: LimitedCall, signal?: AbortSignal) => Promise<ReleasePermit | void>

export type ReleasePermit = () => void | Promise<void>

/** True for a request that only reads: queries and searches are sent as POST. */
export function accessOf(request: {
  readonly method: Method
  readonly isRead?: boolean
}): LimitedCall['access'] {
  return request.method === 'GET' || request.isRead === true ? 'read' : 'write'
}

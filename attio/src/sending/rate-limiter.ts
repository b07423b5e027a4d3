// How an app lets calls take turns, when several of its clients share Attio's limits.
import type { Method } from '../http/exchange.ts'

export interface PacedCall {
  readonly method: Method
  /** Which of Attio's two limits counts it: 100 reads and 25 writes a second for each app. */
  readonly access: 'read' | 'write'
}

/**
 * Awaited before every attempt, repeats included, and not part of the attempt's deadline. What it
 * returns, if anything, is called and awaited when the attempt is over. What it throws is what the
 * call throws: AttioUnavailableError if the app expects it. Pass the signal on, so that whoever waits
 * can give up. Source: docs.attio.com/rest-api/guides/rate-limiting
 */
export type Pace = (call: PacedCall, signal?: AbortSignal) => Promise<AfterAttempt | void>

export type AfterAttempt = () => void | Promise<void>

/** Queries and searches are sent as POST and only read. */
export function accessOf(request: {
  readonly method: Method
  readonly isRead?: boolean
}): PacedCall['access'] {
  return request.method === 'GET' || request.isRead === true ? 'read' : 'write'
}

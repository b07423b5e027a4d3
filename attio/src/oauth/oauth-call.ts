// Limits and failures of the calls to Attio's OAuth endpoints. Each is sent once.
import {
  AttioNetworkError,
  AttioResponseError,
  AttioTimeoutError,
  AttioTooLargeError,
} from '../errors.ts'
import { checkDuration } from '../http/deadline.ts'
import type { Answer, ExchangeLimits } from '../http/exchange.ts'
import { readRetryAfter } from '../http/retry-after.ts'

export interface OAuthCallOptions {
  readonly fetch?: typeof globalThis.fetch
  /** For the whole exchange, body included; default 10,000. */
  readonly deadlineMs?: number
  /** Milliseconds since 1970. */
  readonly now?: () => number
  /** Ends the call; it then rejects with the signal's reason. */
  readonly signal?: AbortSignal
}

/** No answer. The request may have arrived. */
export interface Unreachable {
  readonly kind: 'unreachable'
  readonly cause: AttioNetworkError | AttioTimeoutError
}

/** An answer that does not have the documented form. */
export interface Unreadable {
  readonly kind: 'unreadable'
  readonly cause: AttioResponseError | AttioTooLargeError
}

const maxAnswerBytes = 64 * 1024

export function limitsOf({ fetch, deadlineMs = 10_000, signal }: OAuthCallOptions): ExchangeLimits {
  return {
    fetch: fetch ?? ((input, init) => globalThis.fetch(input, init)),
    deadlineMs: checkDuration('deadlineMs', deadlineMs),
    maxBodyBytes: maxAnswerBytes,
    signal,
  }
}

/** Turns expected failures into values, and rethrows every other error. */
export function failureOf(error: unknown): Unreachable | Unreadable {
  if (error instanceof AttioNetworkError || error instanceof AttioTimeoutError) {
    return { kind: 'unreachable', cause: error }
  }
  if (error instanceof AttioResponseError || error instanceof AttioTooLargeError) {
    return { kind: 'unreadable', cause: error }
  }
  throw error
}

/** `{ retryAt }` when Attio named an instant, else `{}`. */
export function retryAtOf(
  { headers }: Pick<Answer, 'headers'>,
  { now = Date.now }: OAuthCallOptions,
): { readonly retryAt?: number } {
  const at = now()
  const ms = readRetryAfter(headers.get('retry-after'), { now: at, date: headers.get('date') })
  return ms === undefined ? {} : { retryAt: at + ms }
}

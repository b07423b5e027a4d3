// Limits and failures of calls to Attio's OAuth endpoints. Each request is sent once.
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
  /** Milliseconds for the whole exchange, body included; default 10,000. */
  readonly deadlineMs?: number
  /** Milliseconds since 1970. */
  readonly now?: () => number
  /** Aborts the call, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal
}

/** No answer. Attio may still have received the request. */
export interface Unreachable {
  readonly kind: 'unreachable'
  readonly cause: AttioNetworkError | AttioTimeoutError
}

/** An answer whose shape is not the documented one. */
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

/** Returns expected failures as values, and rethrows every other error. */
export function failureOf(error: unknown): Unreachable | Unreadable {
  if (error instanceof AttioNetworkError || error instanceof AttioTimeoutError) {
    return { kind: 'unreachable', cause: error }
  }
  if (error instanceof AttioResponseError || error instanceof AttioTooLargeError) {
    return { kind: 'unreadable', cause: error }
  }
  throw error
}

/** Returns `{ retryAt }` when Attio named an instant, otherwise `{}`. */
export function retryAtOf(
  { headers }: Pick<Answer, 'headers'>,
  { now = Date.now }: OAuthCallOptions,
): { readonly retryAt?: number } {
  const at = now()
  const ms = readRetryAfter(headers.get('retry-after'), { now: at, date: headers.get('date') })
  return ms === undefined ? {} : { retryAt: at + ms }
}

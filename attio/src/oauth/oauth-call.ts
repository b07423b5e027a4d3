// What the calls to Attio's OAuth endpoints share: sent once, never redirected, small answers.
import { AttioNetworkError, AttioResponseError, AttioTimeoutError } from '../errors.ts'
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

/** No answer. The request may have arrived all the same. */
export interface Unreachable {
  readonly kind: 'unreachable'
  readonly cause: AttioNetworkError | AttioTimeoutError
}

/** An answer that is not what Attio documents. */
export interface Unreadable {
  readonly kind: 'unreadable'
  readonly cause: AttioResponseError
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

/** Turns the three expected failures into values; everything else goes on. */
export function failureOf(error: unknown): Unreachable | Unreadable {
  if (error instanceof AttioNetworkError || error instanceof AttioTimeoutError) {
    return { kind: 'unreachable', cause: error }
  }
  if (error instanceof AttioResponseError) return { kind: 'unreadable', cause: error }
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

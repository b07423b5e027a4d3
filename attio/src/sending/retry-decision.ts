// Decides after a failed attempt whether to retry, and when. Pure.
import { readRetryAfter } from '../http/retry-after.ts'

export type FailedAttempt =
  | {
      readonly kind: 'status'
      readonly status: number
      /** False when the body is not an Attio error body: a gateway may have answered. */
      readonly isFromAttio: boolean
      /** The answer's Retry-After and Date headers. */
      readonly retryAfter: string | null
      readonly date: string | null
    }
  | { readonly kind: 'network' }
  | { readonly kind: 'timeout' }

export interface RetrySituation {
  readonly failure: FailedAttempt
  /** The number of the failed attempt; the first is 1. */
  readonly attempt: number
  readonly attempts: number
  /** True when a second request has the same effect as one. */
  readonly isRepeatable: boolean
  /** The longest wait. When Attio asks for a longer one, the call fails with `retryAt`. */
  readonly maxWaitMs: number
  readonly now: number
  /** A number from 0 up to 1. */
  readonly random: number
}

/** `retryAt` is the instant that Attio named, in milliseconds since 1970. */
export type RetryDecision =
  | { readonly kind: 'wait'; readonly ms: number; readonly retryAt?: number }
  | { readonly kind: 'stop'; readonly retryAt?: number }

const firstBackOffMs = 500
const longestBackOffMs = 4_000

/**
 * Decides on a retry. A 429 means "not processed", so any method may retry. A 5xx, a broken connection
 * or a foreign answer leaves the outcome unknown, so only a repeatable request retries. A missed deadline
 * is never retried, because the caller has waited long enough.
 * Source: docs.attio.com/rest-api/guides/rate-limiting
 */
export function decideRetry(situation: RetrySituation): RetryDecision {
  const { failure, attempt, attempts, maxWaitMs, now } = situation
  const toldMs =
    failure.kind === 'status'
      ? readRetryAfter(failure.retryAfter, { now, date: failure.date })
      : undefined
  const told = toldMs === undefined ? {} : { retryAt: now + toldMs }
  const ms = toldMs ?? backOffMs(situation)
  if (attempt >= attempts || ms > maxWaitMs || !mayRetry(situation)) {
    return { kind: 'stop', ...told }
  }
  return { kind: 'wait', ms, ...told }
}

/** Returns a wait with full jitter: between zero and a ceiling that doubles with every attempt. */
function backOffMs({ attempt, random }: RetrySituation): number {
  return Math.ceil(random * Math.min(longestBackOffMs, firstBackOffMs * 2 ** (attempt - 1)))
}

function mayRetry({ failure, isRepeatable }: RetrySituation): boolean {
  switch (failure.kind) {
    case 'status':
      if (failure.status === 429) return true
      if (failure.status === 501) return false
      return isRepeatable && (failure.status >= 500 || !failure.isFromAttio)
    case 'network':
      return isRepeatable
    case 'timeout':
      return false
  }
}

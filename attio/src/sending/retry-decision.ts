// Decides, after a failed attempt, whether to wait (and how long) or to stop. Pure.
import { readRetryAfter } from '../http/retry-after.ts'

export type FailedAttempt =
  | {
      readonly kind: 'status'
      readonly status: number
      /** The answer's Retry-After and Date headers. */
      readonly retryAfter: string | null
      readonly date: string | null
    }
  | { readonly kind: 'network' }
  | { readonly kind: 'timeout' }

export interface RetrySituation {
  readonly failure: FailedAttempt
  /** Which attempt failed; the first is 1. */
  readonly attempt: number
  readonly attempts: number
  /** May the request have the same effect when Attio gets it twice? */
  readonly isRepeatable: boolean
  /** Longest wait; when Attio asks for more, we stop and say until when. */
  readonly maxWaitMs: number
  readonly now: number
  /** A number from 0 up to 1. */
  readonly random: number
}

/** `retryAt` is the instant that Attio named, in milliseconds since 1970. */
export type RetryDecision =
  | { readonly kind: 'wait'; readonly ms: number; readonly retryAt?: number }
  | { readonly kind: 'stop'; readonly retryAt?: number }

const firstBackoffMs = 500
const longestBackoffMs = 4_000

/**
 * 429 means "not processed": any method may repeat. A 5xx or a broken connection leaves the outcome
 * unknown: only what is repeatable repeats. A missed deadline does not: whoever waited that long
 * should hear of it. Source: docs.attio.com/rest-api/guides/rate-limiting
 */
export function decideRetry(situation: RetrySituation): RetryDecision {
  const { failure, attempt, attempts, maxWaitMs, now } = situation
  const toldMs =
    failure.kind === 'status'
      ? readRetryAfter(failure.retryAfter, { now, date: failure.date })
      : undefined
  const told = toldMs === undefined ? {} : { retryAt: now + toldMs }
  const ms = toldMs ?? backoff(situation)
  if (attempt >= attempts || ms > maxWaitMs || !mayRepeat(situation)) {
    return { kind: 'stop', ...told }
  }
  return { kind: 'wait', ms, ...told }
}

/** Full jitter: anything from nothing to the ceiling, which doubles with every attempt. */
function backoff({ attempt, random }: RetrySituation): number {
  return Math.ceil(random * Math.min(longestBackoffMs, firstBackoffMs * 2 ** (attempt - 1)))
}

function mayRepeat({ failure, isRepeatable }: RetrySituation): boolean {
  switch (failure.kind) {
    case 'status':
      if (failure.status === 429) return true
      return isRepeatable && failure.status >= 500 && failure.status !== 501
    case 'network':
      return isRepeatable
    case 'timeout':
      return false
  }
}

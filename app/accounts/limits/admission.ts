// The answer to a counted attempt: it is admitted, or it must wait.
import type { Clock } from '../../support/clock.ts'
import type { Counter, Counters } from './counters.ts'
import type { IsExempt } from './exempt-networks.ts'
import type { LimitRules } from './limit-rules.ts'

export type TooMany = { readonly kind: 'too-many'; readonly retryAt: number }
export type Admission = { readonly kind: 'admitted' } | TooMany

/** What every limit is made of. */
export type LimitParts = Counters & {
  /** Counts one attempt; `seconds` is the lifetime of a count that starts now. */
  readonly take: (counter: Counter, key: string, seconds?: number) => Promise<Admission>
  readonly isExempt: IsExempt
  readonly rules: LimitRules
}

export function createTake(clock: Clock): LimitParts['take'] {
  return async (counter, key, seconds) => {
    const { isOver, msLeft } = await counter.add(key, seconds)
    return isOver ? { kind: 'too-many', retryAt: clock.now() + msLeft } : { kind: 'admitted' }
  }
}

/** For counts that only remember, and limit nothing. */
export const uncounted = Number.MAX_SAFE_INTEGER

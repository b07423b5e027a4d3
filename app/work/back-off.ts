// How long a retry waits after a failure: twice as long each time, with random variation, so that calls that failed
// together are not retried together.
import type { RandomBytes } from '../support/random.ts'

export interface BackOff {
  readonly firstMs: number
  readonly longestMs: number
}

/** Returns a random wait from half of the doubled wait to all of it. `failures` counts those before this one. */
export function backOffMs(randomBytes: RandomBytes, backOff: BackOff, failures: number): number {
  const whole = Math.min(backOff.longestMs, backOff.firstMs * 2 ** Math.min(failures, 20))
  const chance = (randomBytes(1)[0] ?? 0) / 256
  return Math.ceil(whole * (0.5 + chance / 2))
}

// How long to wait after a failure: twice as long each time, and never quite as long as somebody else, so that what
// failed together does not come back together.
import type { RandomBytes } from '../support/random.ts'

export interface Pause {
  readonly firstMs: number
  readonly longestMs: number
}

/** Between half of it and the whole. `failures` counts those before this one. */
export function pauseMs(randomBytes: RandomBytes, pause: Pause, failures: number): number {
  const whole = Math.min(pause.longestMs, pause.firstMs * 2 ** Math.min(failures, 20))
  const chance = (randomBytes(1)[0] ?? 0) / 256
  return Math.ceil(whole * (0.5 + chance / 2))
}

// When a copy is synced again: rarely with a live webhook, where a sync only finds missed changes, and often without
// one.
import type { RandomBytes } from '../support/random.ts'
import { backOffMs } from '../work/work.ts'

export const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** How long after a sync the next scheduled one starts. */
export const syncEveryMs = { live: 6 * hourMs, polled: 15 * minuteMs }
/** Opening the list starts a sync when the copy is older than this. */
export const staleAfterMs = { live: 15 * minuteMs, polled: minuteMs }
/** A pause of all workers longer than this is a gap. */
export const gapMs = minuteMs

const backOff = { firstMs: 15_000, longestMs: syncEveryMs.polled }

/** Returns how long after a failed sync the next one starts. */
export function pauseAfter(randomBytes: RandomBytes, failuresInARow: number): number {
  return backOffMs(randomBytes, backOff, failuresInARow)
}

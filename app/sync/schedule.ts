// When a copy is synced again: rarely with a live webhook, where a sync only finds missed changes, and often without
// one.
import type { RandomBytes } from '../support/random.ts'
import { backOffMs } from '../work/work.ts'

export const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** How long after a sync the next scheduled one starts. */
export const syncEveryMs = { live: 6 * hourMs, polled: 15 * minuteMs }
/** Opening the list starts a sync when the copy is older than this; a live webhook makes that needless. */
export const staleAfterMs = { live: syncEveryMs.live, polled: minuteMs }
/** A pause of all workers longer than this is a gap. */
export const gapMs = minuteMs

const firstPauseMs = 15_000

/**
 * The longest pause after a failed sync. An unreachable Attio costs little, since the circuit breaker spares the calls,
 * and the page should say soon that Attio is back. Other failures cost Attio calls, or hold a place until they time
 * out.
 */
const longestPauseMs = { unreachable: 30_000, other: syncEveryMs.polled }

/** Returns how long after a failed sync the next one starts. */
export function pauseAfter(
  randomBytes: RandomBytes,
  {
    failuresInARow,
    isUnreachable,
  }: { readonly failuresInARow: number; readonly isUnreachable: boolean },
): number {
  const longestMs = longestPauseMs[isUnreachable ? 'unreachable' : 'other']
  return backOffMs(randomBytes, { firstMs: firstPauseMs, longestMs }, failuresInARow)
}

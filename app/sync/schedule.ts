// When a copy is read again. Where Attio tells Taskr of changes rarely, since a walk only finds what went missing on the
// way; where it does not, often.

export const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** A walk that nobody asked for. */
export const syncEveryMs = { live: 6 * hourMs, polled: 15 * minuteMs }
/** Somebody looks at a copy that is older. */
export const staleAfterMs = { live: 15 * minuteMs, polled: minuteMs }
/** No worker was at work for longer. */
export const gapMs = minuteMs

const firstPauseMs = 15_000

/** How long after a failed walk the next one begins. */
export function pauseAfter(failuresInARow: number): number {
  return Math.min(syncEveryMs.polled, firstPauseMs * 2 ** Math.min(failuresInARow, 10))
}

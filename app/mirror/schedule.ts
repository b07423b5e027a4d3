// When a copy is read again. Where Attio tells Taskr of changes rarely, since a walk only finds what went missing on the
// way; where it does not, often.

export const minuteMs = 60_000
const hourMs = 60 * minuteMs

/** A walk that nobody asked for. */
export const walkEveryMs = { told: 6 * hourMs, untold: 15 * minuteMs }
/** Somebody looks at a copy that is older. */
export const staleAfterMs = { told: 15 * minuteMs, untold: minuteMs }
/** No worker was at work for longer. */
export const gapMs = minuteMs

const firstPauseMs = 15_000

/** How long after a failed walk the next one begins. */
export function pauseAfter(failuresInARow: number): number {
  return Math.min(walkEveryMs.untold, firstPauseMs * 2 ** Math.min(failuresInARow, 10))
}

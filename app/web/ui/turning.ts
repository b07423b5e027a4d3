// When a page must be shown anew without any news: at the person's next midnight, and when an open task becomes late.
import type { PageReader } from './words.ts'

/** Returns the next such instant after now. */
export function nextTurn(
  tasks: readonly { readonly deadlineAt: number | null; readonly isCompleted: boolean }[],
  { now, timeZone }: PageReader,
): number {
  const today = Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
  const midnight = today.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds
  const hours = tasks.flatMap(({ deadlineAt, isCompleted }) =>
    isCompleted || deadlineAt === null || deadlineAt < now ? [] : [deadlineAt + 1],
  )
  return Math.min(midnight, ...hours)
}

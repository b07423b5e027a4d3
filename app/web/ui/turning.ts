// When a page must be shown anew without any news: at the person's next midnight, and when an open task becomes late.
import { dayAt } from '../../support/calendar.ts'
import type { PageReader } from './words.ts'

/** Returns the next such instant after now. */
export function nextTurn(
  tasks: readonly { readonly deadlineAt: number | null; readonly isCompleted: boolean }[],
  { now, timeZone }: PageReader,
): number {
  const midnight = dayAt(now, timeZone).add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds
  const hours = tasks.flatMap(({ deadlineAt, isCompleted }) =>
    isCompleted || deadlineAt === null || deadlineAt < now ? [] : [deadlineAt + 1],
  )
  return Math.min(midnight, ...hours)
}

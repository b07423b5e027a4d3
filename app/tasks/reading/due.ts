// Sorts deadlines into groups by the person's own calendar day, which is longer or shorter when the clocks change.
import { dayAt, nextDay } from '../../support/calendar.ts'
import type { DayStart, Deadline } from '../mirror.ts'

export const dueGroups = ['overdue', 'today', 'upcoming', 'no-date'] as const
export type DueGroup = (typeof dueGroups)[number]

/** Tomorrow is the first day of what is upcoming. */
export type DueGroupOrTomorrow = DueGroup | 'tomorrow'

export interface Day {
  readonly start: DayStart
  /** The start of the next calendar day. */
  readonly end: DayStart
  readonly tomorrowEnd: DayStart
}

const knownDays = new WeakMap<Temporal.PlainDate, Map<string, Day>>()

/** Returns the calendar day of `now`. */
export function dayOf(now: number, timeZone: string): Day {
  const today = dayAt(now, timeZone)
  const known = knownDays.get(today) ?? new Map<string, Day>()
  knownDays.set(today, known)
  const day = known.get(timeZone) ?? findDay(today, timeZone)
  known.set(timeZone, day)
  return day
}

function findDay(today: Temporal.PlainDate, timeZone: string): Day {
  const startOf = (day: Temporal.PlainDate): DayStart => ({
    at: day.toZonedDateTime(timeZone).epochMilliseconds,
    day: day.toString(),
  })
  // A day may begin at 01:00, where clocks jump at midnight: it ends where the next calendar day begins.
  const tomorrow = nextDay(today, timeZone)
  return {
    start: startOf(today),
    end: startOf(tomorrow),
    tomorrowEnd: startOf(nextDay(tomorrow, timeZone)),
  }
}

/** Returns the range of deadlines that belong to a group: `from` inclusive, `before` exclusive. */
export function deadlinesOf(
  group: DueGroupOrTomorrow,
  { start, end, tomorrowEnd }: Day,
): { readonly from?: DayStart; readonly before?: DayStart } | 'none' {
  switch (group) {
    case 'overdue':
      return { before: start }
    case 'today':
      return { from: start, before: end }
    case 'tomorrow':
      return { from: end, before: tomorrowEnd }
    case 'upcoming':
      return { from: end }
    case 'no-date':
      return 'none'
  }
}

export function dueGroupOf(deadline: Deadline | null, { start, end }: Day): DueGroup {
  if (deadline === null) return 'no-date'
  const isBefore = ({ at, day }: DayStart): boolean =>
    typeof deadline === 'number' ? deadline < at : deadline < day
  if (isBefore(start)) return 'overdue'
  return isBefore(end) ? 'today' : 'upcoming'
}

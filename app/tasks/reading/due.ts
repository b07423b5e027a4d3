// Sorts deadlines into groups by the person's own calendar day, which is longer or shorter when the clocks change.

export const dueGroups = ['overdue', 'today', 'upcoming', 'no-date'] as const
export type DueGroup = (typeof dueGroups)[number]

export interface Day {
  readonly startsAt: number
  readonly endsAt: number
}

/** Returns the calendar day of `now`. */
export function dayOf(now: number, timeZone: string): Day {
  const today = Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
  const startOf = (day: Temporal.PlainDate): number =>
    day.toZonedDateTime(timeZone).epochMilliseconds
  // A day may begin at 01:00, where clocks jump at midnight: it ends where the next calendar day begins.
  return { startsAt: startOf(today), endsAt: startOf(today.add({ days: 1 })) }
}

/** Returns the range of deadlines that belong to a group: `from` inclusive, `before` exclusive. */
export function deadlinesOf(
  group: DueGroup,
  day: Day,
): { readonly from?: number; readonly before?: number } | 'none' {
  switch (group) {
    case 'overdue':
      return { before: day.startsAt }
    case 'today':
      return { from: day.startsAt, before: day.endsAt }
    case 'upcoming':
      return { from: day.endsAt }
    case 'no-date':
      return 'none'
  }
}

export function dueGroupOf(deadlineAt: number | null, day: Day): DueGroup {
  if (deadlineAt === null) return 'no-date'
  if (deadlineAt < day.startsAt) return 'overdue'
  return deadlineAt < day.endsAt ? 'today' : 'upcoming'
}

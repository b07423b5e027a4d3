// What clocks do to calendars: a day that never was, and an hour that comes twice.

/** Returns the next day that there is: Samoa had no 30 December 2011. */
export function nextDay(day: Temporal.PlainDate, timeZone: string): Temporal.PlainDate {
  return day.add({ days: 1 }).toZonedDateTime(timeZone).toPlainDate()
}

/** False for a day that the time zone skipped, as Samoa did when it crossed the date line. */
export function isDayIn(day: Temporal.PlainDate, timeZone: string): boolean {
  return day.toZonedDateTime(timeZone).toPlainDate().equals(day)
}

export interface RepeatedTime {
  readonly which: 'first' | 'second'
  /** When the clocks show the same time once more, or showed it before. */
  readonly otherAt: number
}

/** Returns which of two times this is, in an hour that comes twice because clocks are set back; otherwise undefined. */
export function repeatedTime(moment: Temporal.ZonedDateTime): RepeatedTime | undefined {
  const [first, second] = (['earlier', 'later'] as const).map(
    (disambiguation) =>
      moment.toPlainDateTime().toZonedDateTime(moment.timeZoneId, { disambiguation })
        .epochMilliseconds,
  )
  if (first === undefined || second === undefined || first === second) return undefined
  const isFirst = moment.epochMilliseconds === first
  return { which: isFirst ? 'first' : 'second', otherAt: isFirst ? second : first }
}

// What clocks do to calendars: a day that never was, and an hour that comes twice.

interface KnownDay {
  readonly day: Temporal.PlainDate
  /** While clocks are not changed, from the first instant of the day until the next day. */
  readonly from: number
  readonly before: number
}

const knownDays = new Map<string, KnownDay>()
const mostKnown = 100

/** Returns the calendar day of an instant, which is the same object for the whole day: a page asks for it many times. */
export function dayAt(instant: number, timeZone: string): Temporal.PlainDate {
  const known = knownDays.get(timeZone)
  if (known !== undefined && known.from <= instant && instant < known.before) return known.day
  const found = findDay(instant, timeZone)
  if (knownDays.size >= mostKnown) knownDays.clear()
  knownDays.set(timeZone, found)
  return found.day
}

function findDay(instant: number, timeZone: string): KnownDay {
  const moment = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone)
  const day = moment.toPlainDate()
  const next = nextDay(day, timeZone).toZonedDateTime(timeZone).epochMilliseconds
  const changes = moment.getTimeZoneTransition('next')?.epochMilliseconds ?? next
  const changed = moment.add({ nanoseconds: 1 }).getTimeZoneTransition('previous')
  return {
    day,
    from: Math.max(moment.startOfDay().epochMilliseconds, changed?.epochMilliseconds ?? -Infinity),
    before: Math.min(next, changes),
  }
}

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

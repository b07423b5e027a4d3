// The deadline that a person chose, as the instant that Attio keeps. Attio has no day without a time: a date alone is
// sent as the last second of that day where the person is, so that the task is late in Attio when it is late for them.
// (`web/ui/words.ts` says such a deadline as a day; recorded deadlines of Attio's own end at 23:59:59, too.)

export const quickDates = ['today', 'tomorrow', 'next-monday'] as const
/** Years beyond these are slips of the keyboard. */
const firstYear = 1900
const lastYear = 2200

export type QuickDate = (typeof quickDates)[number]

/** As the fields of a form hold it: `2026-11-23`, and `15:00` or nothing. */
export interface ChosenDeadline {
  readonly date: string
  readonly time: string
}

/** Null for no date at all; undefined when it is no date, or a time without one. */
export function deadlineOf(chosen: ChosenDeadline, timeZone: string): number | null | undefined {
  if (chosen.date === '') return chosen.time === '' ? null : undefined
  if (!/^\d{4}-\d\d-\d\d$/.test(chosen.date) || !/^(\d\d:\d\d)?$/.test(chosen.time)) {
    return undefined
  }
  try {
    const day = Temporal.PlainDate.from(chosen.date, { overflow: 'reject' })
    if (day.year < firstYear || day.year > lastYear) return undefined
    if (chosen.time === '') return endOf(day, timeZone)
    const plainTime = Temporal.PlainTime.from(chosen.time)
    return day.toZonedDateTime({ timeZone, plainTime }).epochMilliseconds
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

export function quickDeadline(choice: QuickDate, now: number, timeZone: string): number {
  return endOf(quickDay(choice, now, timeZone), timeZone)
}

/** For a date field: `2026-11-23`. */
export function quickDateText(choice: QuickDate, now: number, timeZone: string): string {
  return quickDay(choice, now, timeZone).toString()
}

/** What the fields hold for a deadline: a day that was chosen without a time has none. */
export function chosenOf(deadlineAt: number | null, timeZone: string): ChosenDeadline {
  if (deadlineAt === null) return { date: '', time: '' }
  const at = Temporal.Instant.fromEpochMilliseconds(deadlineAt).toZonedDateTimeISO(timeZone)
  const time = at.toPlainTime().toString({ smallestUnit: 'minute' })
  const isDayAlone = time === '00:00' || time === '23:59'
  return { date: at.toPlainDate().toString(), time: isDayAlone ? '' : time }
}

function quickDay(choice: QuickDate, now: number, timeZone: string): Temporal.PlainDate {
  const today = Temporal.Instant.fromEpochMilliseconds(now)
    .toZonedDateTimeISO(timeZone)
    .toPlainDate()
  switch (choice) {
    case 'today':
      return today
    case 'tomorrow':
      return today.add({ days: 1 })
    case 'next-monday':
      return today.add({ days: 8 - today.dayOfWeek })
  }
}

/** On the days that daylight saving makes 23 or 25 hours long, too. */
function endOf(day: Temporal.PlainDate, timeZone: string): number {
  return day.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds - 1_000
}

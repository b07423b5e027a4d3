// Converts the date that a person chose to Attio's deadline. Attio keeps instants, so a date alone is sent as the last
// second of that day in the person's time zone: the task is then overdue in Attio and in Taskr at the same moment.
// (Deadlines set in Attio itself were seen to end at 23:59:59, too.) No form can choose that second, so it alone means
// a day, and every other time is a time (decision 18).
import { dayAt, isDayIn, nextDay, repeatedTime, type RepeatedTime } from '../../support/calendar.ts'
import { isLastSecondOfDay } from '../../support/last-second.ts'
import type { Deadline } from '../mirror.ts'

export const quickDates = ['today', 'tomorrow', 'next-monday'] as const
/** Years beyond these are slips of the keyboard. */
const firstYear = 1900
const lastYear = 2200

export type QuickDate = (typeof quickDates)[number]

/** The values of the form fields: `2026-11-23`, and `15:00` or an empty string. */
export interface ChosenDeadline {
  readonly date: string
  readonly time: string
}

/**
 * Returns null when both fields are empty, and undefined for an invalid date, a day that never was or a time without a
 * date. A time that comes twice, because clocks are set back, means the first one.
 */
export function deadlineOf(chosen: ChosenDeadline, timeZone: string): number | null | undefined {
  if (chosen.date === '') return chosen.time === '' ? null : undefined
  if (!/^\d{4}-\d\d-\d\d$/.test(chosen.date) || !/^(\d\d:\d\d)?$/.test(chosen.time)) {
    return undefined
  }
  try {
    const day = Temporal.PlainDate.from(chosen.date, { overflow: 'reject' })
    if (day.year < firstYear || day.year > lastYear || !isDayIn(day, timeZone)) return undefined
    if (chosen.time === '') return endOf(day, timeZone)
    const plainTime = Temporal.PlainTime.from(chosen.time)
    const moment = day.toZonedDateTime({ timeZone, plainTime })
    if (moment.toPlainDate().equals(day)) return moment.epochMilliseconds
    // Where clocks jump over the last hour of the day, such as in Nuuk, a time in it would fall on the next day.
    return day.toPlainDateTime(plainTime).toZonedDateTime(timeZone, { disambiguation: 'earlier' })
      .epochMilliseconds
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

export function quickDeadline(choice: QuickDate, now: number, timeZone: string): number {
  return endOf(quickDay(choice, now, timeZone), timeZone)
}

/** Returns the deadline of a task that moves to a day. Its time of day is kept, unless that would make it late at once. */
export function movedDeadline(
  deadlineAt: number | null,
  choice: QuickDate,
  { now, timeZone }: { readonly now: number; readonly timeZone: string },
): number {
  const date = quickDateText(choice, now, timeZone)
  const kept = deadlineOf({ date, time: chosenOf(deadlineAt, timeZone).time }, timeZone)
  return kept === undefined || kept === null || kept <= now
    ? quickDeadline(choice, now, timeZone)
    : kept
}

/** Returns the date as a date field holds it: `2026-11-23`. */
export function quickDateText(choice: QuickDate, now: number, timeZone: string): string {
  return quickDay(choice, now, timeZone).toString()
}

const rightAfterMidnightMs = 5 * 60_000

/**
 * Returns the present, or right after midnight the end of the day that the page showed as today: what was written
 * before midnight and arrives after it means what the page showed.
 */
export function nowOnPage(today: string | undefined, now: number, timeZone: string): number {
  const yesterday = quickDay('today', now, timeZone).subtract({ days: 1 })
  const endedAt = endOf(yesterday, timeZone)
  return today === yesterday.toString() && now - endedAt < rightAfterMidnightMs ? endedAt : now
}

/** Returns the form fields for a deadline; the time is empty when only a date was chosen. */
export function chosenOf(deadlineAt: number | null, timeZone: string): ChosenDeadline {
  if (deadlineAt === null) return { date: '', time: '' }
  const at = Temporal.Instant.fromEpochMilliseconds(deadlineAt).toZonedDateTimeISO(timeZone)
  const time = isLastSecondOfDay(at) ? '' : at.toPlainTime().toString({ smallestUnit: 'minute' })
  return { date: at.toPlainDate().toString(), time }
}

function quickDay(choice: QuickDate, now: number, timeZone: string): Temporal.PlainDate {
  const today = dayAt(now, timeZone)
  switch (choice) {
    case 'today':
      return today
    case 'tomorrow':
      return nextDay(today, timeZone)
    case 'next-monday':
      return today.add({ days: 8 - today.dayOfWeek })
  }
}

/** Returns when a deadline is over for a reader in this time zone: a day without a time is that day everywhere. */
export function dueInstant(deadline: Deadline, timeZone: string): number {
  return typeof deadline === 'number'
    ? deadline
    : endOf(Temporal.PlainDate.from(deadline), timeZone)
}

/**
 * Returns the last second of the day, also of one that is longer or shorter because the clocks change. A day that never
 * was ends with the day before it.
 */
function endOf(day: Temporal.PlainDate, timeZone: string): number {
  return day.add({ days: 1 }).toZonedDateTime(timeZone).epochMilliseconds - 1_000
}

/** Returns the other time that reads like the deadline, in an hour that comes twice because clocks are set back. */
export function otherTimeOf(deadlineAt: number | null, timeZone: string): RepeatedTime | undefined {
  if (deadlineAt === null) return undefined
  const moment = Temporal.Instant.fromEpochMilliseconds(deadlineAt).toZonedDateTimeISO(timeZone)
  return isLastSecondOfDay(moment) ? undefined : repeatedTime(moment)
}

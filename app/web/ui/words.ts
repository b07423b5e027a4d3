// Puts numbers, instants and deadlines in words, in the person's time zone.
//
// A deadline belongs to the local day on which it falls. One in the last second of a local day is a day without a time
// (decision 18).

import { dayAt, repeatedTime } from '../../support/calendar.ts'
import { isLastSecondOfDay } from '../../support/last-second.ts'
import { hasVisibleCharacter } from '../../support/visible-text.ts'

/** The reader's time zone and the present time. */
export type PageReader = { readonly now: number; readonly timeZone: string }

export type DeadlineWords = {
  /** the short form: "today", "tomorrow 15:00", "Fri 20 Nov" */
  readonly text: string
  /** the full form: "Friday 20 November 2026, 15:00" */
  readonly full: string
  /** the short form, which says of a time that comes twice which one it is */
  readonly unmistakable: string
  /** the time alone, if the deadline has one */
  readonly time: string | undefined
  readonly isLate: boolean
  /** calendar days from today; negative in the past */
  readonly days: number
  /** the calendar day: "2026-11-20" */
  readonly date: string
}

type KnownWords = { readonly now: number; readonly words: Map<number, DeadlineWords> }

// Many rows share a deadline: days without a time do. Pages state the minute, so those of one minute and time zone share
// their words.
const knownByZone = new Map<string, KnownWords>()
const mostZones = 20
const mostKnown = 500

export function deadlineInWords(deadlineAt: number, reader: PageReader): DeadlineWords {
  const known = wordsKnownFor(reader)
  const before = known.get(deadlineAt)
  if (before !== undefined) return before
  const words = putInWords(deadlineAt, reader)
  if (known.size >= mostKnown) known.clear()
  known.set(deadlineAt, words)
  return words
}

function wordsKnownFor({ now, timeZone }: PageReader): Map<number, DeadlineWords> {
  const known = knownByZone.get(timeZone)
  if (known?.now === now) return known.words
  const words = new Map<number, DeadlineWords>()
  if (knownByZone.size >= mostZones) knownByZone.clear()
  knownByZone.set(timeZone, { now, words })
  return words
}

function putInWords(deadlineAt: number, reader: PageReader): DeadlineWords {
  const deadline = at(deadlineAt, reader)
  const today = todayOf(reader)
  const date = deadline.toPlainDate()
  const { days } = today.until(date)
  const time = timeOf(deadline)
  const hasPassed = time !== undefined && deadlineAt < reader.now
  const near = days >= -1 && days <= 6
  const day = dayInWords(deadline, today, days)
  const text = time !== undefined && near ? `${day} ${time}` : day
  const repeated = time === undefined ? undefined : repeatedTime(deadline)
  const which = repeated === undefined ? '' : ` (${repeated.which} of two)`
  return {
    text,
    full: `${longDay(deadline)} ${deadline.year}${time === undefined ? '' : `, ${time}${which}`}`,
    unmistakable: repeated === undefined || near ? text + which : `${text} ${time}${which}`,
    time,
    isLate: days < 0 || (days === 0 && hasPassed),
    days,
    date: date.toString(),
  }
}

/** Returns a past instant in words: "09:41", "yesterday at 17:20", "Fri 20 Nov at 17:20", "20 Nov 2025". */
export function momentInWords(instant: number, reader: PageReader): string {
  const moment = at(instant, reader)
  const today = todayOf(reader)
  const days = today.until(moment.toPlainDate()).days
  if (days === 0) return clockTime(moment)
  if (moment.year !== today.year) return dayInWords(moment, today, days)
  return `${dayInWords(moment, today, days)} at ${clockTime(moment)}`
}

/** Returns a past instant for use in a sentence: "at 09:41", "yesterday at 17:20", "on 20 Nov 2025". */
export function atMomentInWords(instant: number, reader: PageReader): string {
  const words = momentInWords(instant, reader)
  if (words.startsWith('yesterday') || words.startsWith('tomorrow')) return words
  return `${/^\d\d:/.test(words) ? 'at' : 'on'} ${words}`
}

/** Returns "just now", "2 min ago" or "3 h ago", and after a day the date. */
export function agoInWords(instant: number, reader: PageReader): string {
  const minutes = Math.floor((reader.now - instant) / 60_000)
  if (minutes < 1) return 'just now'
  if (minutes < 60) return `${minutes} min ago`
  const hours = Math.floor(minutes / 60)
  return hours < 24 ? `${hours} h ago` : atMomentInWords(instant, reader)
}

/** Returns the day of an instant: "today", "Fri 20 Nov". */
export function dateInWords(instant: number, reader: PageReader): string {
  const moment = at(instant, reader)
  const today = todayOf(reader)
  return dayInWords(moment, today, today.until(moment.toPlainDate()).days)
}

/** Returns the day of an instant as a heading: "Tomorrow, Tuesday 24 November", "Monday 30 November". */
export function longDateInWords(instant: number, reader: PageReader): string {
  const moment = at(instant, reader)
  const today = todayOf(reader)
  const year = moment.year === today.year ? '' : ` ${moment.year}`
  const isTomorrow = today.until(moment.toPlainDate()).days === 1
  return `${isTomorrow ? 'Tomorrow, ' : ''}${longDay(moment)}${year}`
}

/** Returns a date such as "Monday 23 November". */
export function todayInWords(reader: PageReader): string {
  return longDay(at(reader.now, reader))
}

/** Returns the person's calendar day in the format of a date field: "2026-11-23". */
export function calendarDay(reader: PageReader): string {
  return todayOf(reader).toString()
}

/** Returns the full instant for a title: "Monday 23 November 2026, 09:41". */
export function instantInFull(instant: number, reader: PageReader): string {
  const moment = at(instant, reader)
  return `${longDay(moment)} ${moment.year}, ${clockTime(moment)}`
}

/** Returns the wait until a retry in words: "in 40 seconds", "in 3 minutes". */
export function waitInWords(until: number, now: number): string {
  const seconds = Math.max(1, Math.ceil((until - now) / 1000))
  if (seconds < 90) return `in ${counted(seconds, 'second')}`
  const minutes = Math.ceil(seconds / 60)
  if (minutes < 90) return `in ${counted(minutes, 'minute')}`
  return `in ${counted(Math.ceil(minutes / 60), 'hour')}`
}

/** Returns a count such as "1 task", "214 tasks" or "no tasks". */
export function counted(count: number, one: string, many = `${one}s`): string {
  if (count === 0) return `no ${many}`
  return `${numberInWords(count)} ${count === 1 ? one : many}`
}

// Expensive to create, so one of each serves all rows.
const wholeNumbers = new Intl.NumberFormat('en-GB')
const joined = new Intl.ListFormat('en-GB')
const alternatives = new Intl.ListFormat('en-GB', { type: 'disjunction' })

export function numberInWords(count: number): string {
  // Shorter numbers have no separator, and formatting takes a while.
  return Number.isInteger(count) && count >= 0 && count < 1_000
    ? String(count)
    : wholeNumbers.format(count)
}

/** Joins names: "Acme", "Acme and Globex", "Acme, Globex and Initech". */
export function listInWords(items: readonly string[]): string {
  return joined.format(items)
}

/** Joins names of which one is enough: "Acme", "Acme or Globex". */
export function choiceInWords(items: readonly string[]): string {
  return alternatives.format(items)
}

/** The text that names a task, in a link or a heading. */
export function taskTitle(content: string): string {
  return isUntitled(content) ? 'Untitled task' : content
}

export function isUntitled(content: string): boolean {
  return !hasVisibleCharacter(content)
}

/** Returns the text on one line, truncated to about that many characters, for a label, a toast or a title. */
export function shortText(text: string, longest = 80): string {
  const line = text.trim().replaceAll(/\s+/g, ' ')
  if (line.length <= longest) return line
  let cut = ''
  let read = 0
  for (const { segment } of characters.segment(line.slice(0, longest * 4))) {
    const shown = readable(segment)
    if (cut.length + shown.length >= longest) break
    cut += shown
    read += segment.length
  }
  return read === line.length ? cut : `${cut.trimEnd()}…`
}

const characters = new Intl.Segmenter('en')

/** A character may carry any number of combining marks; the longest emoji have 24 code units. */
function readable(character: string): string {
  return character.length > 24 ? (/^.{1,8}/su.exec(character)?.[0] ?? '') : character
}

export function isoInstant(instant: number): string {
  return new Date(instant).toISOString().replace('.000Z', 'Z')
}

function todayOf({ now, timeZone }: PageReader): Temporal.PlainDate {
  return dayAt(now, timeZone)
}

function at(instant: number, reader: PageReader): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(reader.timeZone)
}

function timeOf(deadline: Temporal.ZonedDateTime): string | undefined {
  return isLastSecondOfDay(deadline) ? undefined : clockTime(deadline)
}

function dayInWords(day: Temporal.ZonedDateTime, today: Temporal.PlainDate, days: number): string {
  if (days === 0) return 'today'
  if (days === 1) return 'tomorrow'
  if (days === -1) return 'yesterday'
  if (day.year !== today.year) return `${day.day} ${shortMonths[day.month - 1]} ${day.year}`
  return `${shortWeekdays[day.dayOfWeek - 1]} ${day.day} ${shortMonths[day.month - 1]}`
}

function longDay(day: Temporal.ZonedDateTime): string {
  return `${weekdays[day.dayOfWeek - 1]} ${day.day} ${months[day.month - 1]}`
}

function clockTime(moment: Temporal.ZonedDateTime): string {
  return `${twoDigits(moment.hour)}:${twoDigits(moment.minute)}`
}

const twoDigits = (value: number) => String(value).padStart(2, '0')

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const shortWeekdays = weekdays.map((day) => day.slice(0, 3))
const months =
  'January February March April May June July August September October November December'.split(' ')
const shortMonths = months.map((month) => month.slice(0, 3))

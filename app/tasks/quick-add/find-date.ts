// Finds the due date in a line of text, and ignores names that only look like dates.
import type { ParsedResult, Chrono } from 'chrono-node'
import { createDateParser, ownPhrase } from './date-phrases.ts'
import { overlaps, type Range } from './piece.ts'

export interface FoundDate extends Range {
  /** `2026-11-23`. */
  readonly date: string
  /** `15:00`, or empty when the date has no time. */
  readonly time: string
}

export interface DateContext {
  /** Milliseconds since 1970. */
  readonly now: number
  readonly timeZone: string
}

/** Only the end of a longer line is searched, so that no line takes more than a few milliseconds. */
const longestSearchedText = 500

const parsers: Readonly<Record<'dayFirst' | 'monthFirst', Chrono>> = {
  dayFirst: createDateParser(true),
  monthFirst: createDateParser(false),
}

/** Returns the last date outside the `taken` ranges, with its preposition ("by Friday"). */
export function findDate(
  text: string,
  { now, timeZone }: DateContext,
  taken: readonly Range[],
): FoundDate | undefined {
  const today = Temporal.Instant.fromEpochMilliseconds(now).toZonedDateTimeISO(timeZone)
  const from = Math.max(0, text.length - longestSearchedText)
  // Chrono calculates in wall-clock time, written as UTC, so that the server's own time zone never matters.
  const wallClock = new Date(today.toPlainDateTime().toZonedDateTime('UTC').epochMilliseconds)
  const parser = parsers[writesMonthFirst(timeZone) ? 'monthFirst' : 'dayFirst']
  const results = parse(parser, text.slice(from), wallClock)
    .map((result): Candidate => {
      const at = from + result.index
      return { result, from: at, to: at + result.text.length }
    })
    .filter((candidate) => !taken.some((range) => overlaps(range, candidate)))
    .filter((candidate) => isMeant(text, candidate))
  for (const candidate of results.toReversed()) {
    const chosen = readChoice(candidate, today)
    if (chosen !== undefined) {
      return { ...chosen, from: withPreposition(text, candidate.from), to: candidate.to }
    }
  }
  return undefined
}

function parse(parser: Chrono, text: string, instant: Date): readonly ParsedResult[] {
  try {
    return parser.parse(text, { instant, timezone: 0 })
  } catch (error) {
    // Chrono 2.10.3 throws on some texts without a date, such as "1 1 1 1".
    if (error instanceof TypeError) return []
    throw error
  }
}

/** Reads a text that is only a date, as a date field accepts it: `fri`, `+3`, `15 dec 9am`. */
export function readDate(text: string, context: DateContext): FoundDate | undefined {
  const phrase = text.trim().replaceAll(/\s+/g, ' ')
  const found = findDate(phrase, context, [])
  return found?.from === 0 && found.to === phrase.length ? found : undefined
}

interface Candidate extends Range {
  readonly result: ParsedResult
}

const weekday = /^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?$/i
const shortWord = /^(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|tom|tod)$/i
/** Short weekdays that are ordinary words at the start of a sentence: "Sat with the team". */
const otherWord = /^(?:sat|sun|wed)$/i
const slashDate = /^\d{1,2}\/\d{1,2}$/
const plainHour = /^(?:at\s+)?\d{1,2}$/i
const prepositions = /(?:^|\s)(?:by|on|due|until|till|before|for|this|next|at)\s+$/i
/** Words before a weekday that make it part of a name: Black Friday. */
const namedDays = /(?:^|\s)(?:black|good|cyber|ash|super|holy|easter|palm|fat|boxing|maundy)\s+$/i
/** Nouns before a number that make it a count or reference: page 3/4. */
const counted =
  /(?:^|\s)(?:part|page|chapter|step|phase|option|version|round|room|no|number|ticket|issue|section|unit|item|level|slide|the|a|an)\.?\s+$/i
const notDates = /^(?:24\/7|9\/11|50\/50|[1-9]\/[2-9]|now)$/i

/** True unless the words around the date make it part of a name, a count or a possessive. */
function isMeant(text: string, { result, from, to }: Candidate): boolean {
  const phrase = result.text.trim()
  const before = text.slice(0, from)
  const after = text.slice(to)
  const isIntroduced = prepositions.test(before) || /^(?:on|by|next|this|in)\s/i.test(phrase)
  if (/[\p{L}\p{N}@#/$€£_-]$/u.test(before) || /^(?:['’]s|[\p{L}\p{N}%€$£/_@-])/u.test(after)) {
    return false
  }
  if (/(?:^|\s)(?:every|each|last|to|of|from|about|since|past)\s+$/i.test(before)) return false
  if (/^(?:last|past|previous)\s/i.test(phrase)) return false
  if (notDates.test(phrase) && !isIntroduced) return false
  if (counted.test(before) && !/^(?:day after|end of)/i.test(phrase)) return false
  if (namedDays.test(before)) return false
  const isAmbiguous =
    weekday.test(phrase) || slashDate.test(phrase) || plainHour.test(phrase) || isBareMonth(phrase)
  if (isAmbiguous && isFollowedByName(after)) return false
  const isLast = isAtEnd(after)
  if (slashDate.test(phrase) && !isLast && !isIntroduced) return false
  if (plainHour.test(phrase) && !isLast) return false
  if (shortWord.test(phrase) && !isLast && from > 0 && !isIntroduced) return false
  if (otherWord.test(phrase) && !isLast && !isIntroduced && !/^[:,]/.test(after)) return false
  return true
}

/** True when only people, records and punctuation follow. */
function isAtEnd(after: string): boolean {
  return /^[\s.,;:!?)]*(?:[@#]\S.*)?$/u.test(after)
}

/** True when a capitalized word follows at once, as in "Friday Ltd" or "9/11 Report". */
function isFollowedByName(after: string): boolean {
  return /^\s+\p{Lu}/u.test(after)
}

function isBareMonth(phrase: string): boolean {
  return /^(?:in\s+)?\p{L}+$/u.test(phrase)
}

function withPreposition(text: string, from: number): number {
  const before = text.slice(0, from)
  return (
    from -
    (/(?:^|(?<=\s))(?:by|on|due|until|till|before|for|at)\s+$/i.exec(before)?.[0].length ?? 0)
  )
}

/** Returns the date and time; undefined when it is invalid, in the past or outside 1900–2200. */
function readChoice(
  { result }: Candidate,
  now: Temporal.ZonedDateTime,
): Pick<FoundDate, 'date' | 'time'> | undefined {
  const { start } = result
  const hasTime = start.isCertain('hour')
  const isDay =
    start.isCertain('day') ||
    start.isCertain('weekday') ||
    start.tags().has(ownPhrase) ||
    /^in\s.*\b(?:months?|years?)$/i.test(result.text) ||
    (hasTime && !start.isCertain('month'))
  const [year, month, day] = [start.get('year'), start.get('month'), start.get('day')]
  if (!isDay || year === null || month === null || day === null) return undefined
  if (year < 1900 || year > 2200) return undefined
  const date = comingDate(start, Temporal.PlainDate.from({ year, month, day }), now.toPlainDate())
  if (!hasTime) {
    return Temporal.PlainDate.compare(date, now.toPlainDate()) < 0
      ? undefined
      : { date: date.toString(), time: '' }
  }
  const time = readTime(result)
  const isOnlyTime = !start.isCertain('day') && !start.isCertain('weekday')
  const moment = (isOnlyTime ? now.toPlainDate() : date).toPlainDateTime(time)
  const isPast = Temporal.PlainDateTime.compare(moment, now.toPlainDateTime()) < 0
  if (isPast && !isOnlyTime) return undefined
  const chosen = isPast ? moment.add({ days: 1 }) : moment
  return {
    date: chosen.toPlainDate().toString(),
    time: chosen.toPlainTime().toString({ smallestUnit: 'minute' }),
  }
}

/** Returns the next such date for a weekday or a date without a year. */
function comingDate(
  start: ParsedResult['start'],
  date: Temporal.PlainDate,
  today: Temporal.PlainDate,
): Temporal.PlainDate {
  if (Temporal.PlainDate.compare(date, today) >= 0) return date
  if (start.isCertain('weekday') && !start.isCertain('day')) {
    return today.add({ days: (date.dayOfWeek - today.dayOfWeek + 7) % 7 })
  }
  return start.isCertain('day') && !start.isCertain('year') ? date.add({ years: 1 }) : date
}

/**
 * Reads the time. An hour from 1 to 7 without am, pm or minutes is in the afternoon: people mean "at 5" while awake.
 */
function readTime({ start, text }: ParsedResult): Temporal.PlainTime {
  const hour = start.get('hour') ?? 0
  const minute = start.get('minute') ?? 0
  const isBare = !/\d\s*[ap]\.?m|:\d\d|\bnoon|midnight|morning|night/i.test(text)
  return Temporal.PlainTime.from({
    hour: isBare && hour >= 1 && hour <= 7 ? hour + 12 : hour,
    minute,
  })
}

/** True in the time zones of the United States, where 3/4 is the fourth of March. */
function writesMonthFirst(timeZone: string): boolean {
  return /^(?:US\/|America\/(?:New_York|Detroit|Chicago|Denver|Phoenix|Los_Angeles|Anchorage|Adak|Boise|Juneau|Sitka|Nome|Yakutat|Metlakatla|Menominee|Indiana\/|Kentucky\/|North_Dakota\/)|Pacific\/Honolulu)/.test(
    timeZone,
  )
}

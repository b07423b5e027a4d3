// Date phrases that chrono-node does not know, or reads differently than people who plan tasks mean them.
import { en, type Chrono, type Parser, type ParsingContext } from 'chrono-node'

/** Builds the parser. `dayFirst`: whether 3/4 is the third of April. */
export function createDateParser(dayFirst: boolean): Chrono {
  const chrono = en.casual.clone()
  // When two parsers match the same words, Chrono keeps the first result.
  chrono.parsers.unshift(slashDate(dayFirst), ...ownPhrases)
  return chrono
}

function slashDate(dayFirst: boolean): Parser {
  return phrase(
    /(?<![\d/])(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?(?![\d/])/,
    (today, [, one = '', other = '', year]) => {
      const [day, month] = dayFirst ? [one, other] : [other, one]
      return nextDate(today, year, Number(month), Number(day))
    },
  )
}

const ownPhrases: readonly Parser[] = [
  {
    // Chrono adds hours on the server's clock, which may change for daylight saving in between.
    pattern: () => /\bin (an?|\d{1,3}) (hour|minute|min|hr)s?\b/i,
    extract: (context, [, count = '', unit = '']) => {
      const amount = /^an?$/i.test(count) ? 1 : Number(count)
      const added = /^h/i.test(unit) ? { hours: amount } : { minutes: amount }
      const at = wallClockOf(context).add(added)
      const { year, month, day, hour, minute } = at
      return context.createParsingComponents({ year, month, day, hour, minute })
    },
  },
  phrase(/(?<![\p{L}\p{N}])tod\b/iu, (today) => today),
  phrase(/\bthis (?:morning|afternoon|evening)\b/i, (today) => today),
  phrase(/\b(?:the )?day after tomorrow\b/i, (today) => today.add({ days: 2 })),
  phrase(/(?<![\p{L}\p{N}])tom\b/iu, (today) => today.add({ days: 1 })),
  phrase(/\bnext week\b/i, (today) => today.add({ days: 8 - today.dayOfWeek })),
  phrase(/\bnext month\b/i, (today) => today.add({ months: 1 }).with({ day: 1 })),
  phrase(/\b(?:eod|end of (?:the )?day)\b/i, (today) => today),
  phrase(/\b(?:eow|end of (?:the )?week)\b/i, (today) =>
    today.add({ days: (12 - today.dayOfWeek) % 7 }),
  ),
  phrase(/\b(?:eom|end of (?:the )?month)\b/i, (today) => today.with({ day: today.daysInMonth })),
  // Quick offsets: +3, +3d, +2w, +1m.
  phrase(/(?<![^\s])\+(\d{1,3})\s?([dwm])?\b/i, (today, [, count = '', unit = 'd']) => {
    const amount = Number(count)
    switch (unit.toLowerCase()) {
      case 'w':
        return today.add({ weeks: amount })
      case 'm':
        return today.add({ months: amount })
      default:
        return today.add({ days: amount })
    }
  }),
  // Dates with dots always have the day first.
  phrase(/(?<![\d.])(\d{1,2})\.(\d{1,2})\.(\d{4})?(?![\d.])/, (today, [, day, month, year]) =>
    nextDate(today, year, Number(month), Number(day)),
  ),
]

function phrase(
  pattern: RegExp,
  dayOf: (today: Temporal.PlainDate, match: RegExpMatchArray) => Temporal.PlainDate | undefined,
): Parser {
  return {
    pattern: () => pattern,
    extract: (context, match) => {
      const date = dayOf(wallClockOf(context).toPlainDate(), match)
      return date === undefined
        ? null
        : context
            .createParsingComponents({ year: date.year, month: date.month, day: date.day })
            .addTag(ownPhrase)
    },
  }
}

export const ownPhrase = 'own-phrase'

/** The reference is wall-clock time, written as UTC: see find-date.ts. */
function wallClockOf({ refDate }: ParsingContext): Temporal.PlainDateTime {
  return Temporal.PlainDateTime.from(refDate.toISOString().slice(0, -1))
}

/** Returns the date, in the coming year when none is given; undefined when the calendar has no such day. */
function nextDate(
  today: Temporal.PlainDate,
  year: string | undefined,
  month: number,
  day: number,
): Temporal.PlainDate | undefined {
  const date = plainDate(Number(year ?? today.year), month, day)
  const isPast = date !== undefined && Temporal.PlainDate.compare(date, today) < 0
  return year === undefined && isPast ? plainDate(today.year + 1, month, day) : date
}

function plainDate(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from({ year, month, day }, { overflow: 'reject' })
  } catch (error) {
    if (error instanceof RangeError) return undefined
    throw error
  }
}

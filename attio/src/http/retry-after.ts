// Reads a Retry-After header: seconds, or one of the three HTTP-date forms (RFC 9110 §5.6.7, §10.2.3).

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const dayName = '(?:mon|tue|wed|thu|fri|sat|sun)'
const longDayName = '(?:mon|tues|wednes|thurs|fri|satur|sun)day'
const time = '(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)'
const forms = [
  `${dayName}, (?<day>\\d\\d) (?<month>[a-z]{3}) (?<year>\\d{4}) ${time} GMT`,
  `${longDayName}, (?<day>\\d\\d)-(?<month>[a-z]{3})-(?<year>\\d\\d) ${time} GMT`,
  `${dayName} (?<month>[a-z]{3}) (?<day>[ \\d]\\d) ${time} (?<year>\\d{4})`,
].map((form) => new RegExp(`^${form}$`, 'i'))

/** The longest wait: a server that names a later time is asked again after this long. */
export const longestRetryAfterMs = 15 * 60_000

/**
 * Returns how many milliseconds after `now` the server asks to wait, at most 15 minutes; 0 for a time
 * in the past; undefined for an absent or unreadable header. Never NaN, never negative.
 *
 * A date is measured against the answer's `Date` header when there is one, because our own clock may
 * be minutes off. `Date` is rounded down to seconds, so the result is never too short.
 */
export function readRetryAfter(
  header: string | null,
  { now, date }: { readonly now: number; readonly date?: string | null },
): number | undefined {
  const text = header?.trim() ?? ''
  // Integers come first, because `new Date('5')` is a year.
  if (/^\d+(\.\d+)?$/.test(text))
    return Math.min(Math.ceil(Number(text) * 1000), longestRetryAfterMs)
  const until = parseHttpDate(text, now)
  if (until === undefined) return undefined
  const serverNow = parseHttpDate(date?.trim() ?? '', now) ?? now
  return Math.min(Math.max(0, until - serverNow), longestRetryAfterMs)
}

/** Returns milliseconds since 1970, or undefined. `now` determines the century of a two-digit year. */
export function parseHttpDate(text: string, now: number): number | undefined {
  for (const form of forms) {
    const parts = form.exec(text)?.groups
    if (parts === undefined) continue
    const day = Number(parts['day'])
    const month = months.indexOf(parts['month']?.toLowerCase() ?? '')
    const [hour, minute, second] = [parts['hour'], parts['minute'], parts['second']].map(Number)
    if (hour === undefined || minute === undefined || second === undefined) return undefined
    if (month < 0 || hour > 23 || minute > 59 || second > 60) return undefined
    const date = new Date(0)
    date.setUTCFullYear(fullYear(parts['year'] ?? '', now), month, day)
    if (date.getUTCDate() !== day) return undefined
    return date.setUTCHours(hour, minute, second)
  }
  return undefined
}

/** Returns the full year. More than 50 years ahead means the previous century (RFC 9110 §5.6.7). */
function fullYear(digits: string, now: number): number {
  const year = Number(digits)
  if (digits.length > 2) return year
  const thisYear = new Date(now).getUTCFullYear()
  const inThisCentury = thisYear - (thisYear % 100) + year
  return inThisCentury > thisYear + 50 ? inThisCentury - 100 : inThisCentury
}

// Reads an instant from a date and time, using the given time zone when there is no offset.
import { hasFourDigitYear, readInstant, type Instant } from '../../timestamps.ts'

const hasOffset = /(?:Z|z|[+-]\d{2}:?\d{2})$/

/** Returns undefined for a malformed time. An invalid time zone counts as UTC. */
export function localInstant(datetime: string, timezone: string | null): Instant | undefined {
  const asUtc = readInstant(datetime)
  if (asUtc === undefined || timezone === null || hasOffset.test(datetime)) return asUtc
  // The offset at the first guess is right except near a clock change; the second guess is right there too.
  const guess = asUtc.ms - offsetAt(asUtc.ms, timezone)
  const ms = asUtc.ms - offsetAt(guess, timezone)
  return hasFourDigitYear(ms) ? { ...asUtc, ms } : undefined
}

/** Returns the UTC offset of a time zone at an instant, in milliseconds. */
function offsetAt(instant: number, timezone: string): number {
  try {
    const format = new Intl.DateTimeFormat('en', { timeZone: timezone, timeZoneName: 'longOffset' })
    const name = format.formatToParts(instant).find((part) => part.type === 'timeZoneName')?.value
    const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d{2}):(\d{2})/.exec(name ?? '') ?? []
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000
  } catch (error) {
    if (error instanceof RangeError) return 0
    throw error
  }
}

// Attio writes instants in UTC with nine fractional digits, and keeps the nanoseconds of those it is sent.

/** An instant in milliseconds, and the nanoseconds after them: from 0 to 999,999. */
export type Instant = { readonly ms: number; readonly nanoseconds: number }

/** Is negative when `a` is before `b`, positive when it is after, and 0 when they are the same. */
export function compareInstants(a: Instant, b: Instant): number {
  return a.ms - b.ms || a.nanoseconds - b.nanoseconds
}

/** 1778881780561 → "2026-05-15T21:49:40.561000000Z". */
export function timestamp(ms: number, nanoseconds = 0): string {
  return `${new Date(ms).toISOString().slice(0, -1)}${`${nanoseconds}`.padStart(6, '0')}Z`
}

export function timestampOrNull(ms: number | null, nanoseconds = 0): string | null {
  return ms === null ? null : timestamp(ms, nanoseconds)
}

const isoInstant =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?)?$/

/** True when the year of an instant can be written with four digits. */
export function hasFourDigitYear(ms: number): boolean {
  return ms >= firstMs && ms <= lastMs
}

const firstMs = Date.parse('0000-01-01T00:00:00.000Z')
const lastMs = Date.parse('9999-12-31T23:59:59.999Z')

/**
 * Returns the instant of an ISO 8601 text in milliseconds; undefined for any other text.
 * assumed: a date alone is midnight UTC, a time without an offset is UTC.
 */
export function parseInstant(text: string): number | undefined {
  return readInstant(text)?.ms
}

/** Returns the same with its nanoseconds. */
export function readInstant(text: string): Instant | undefined {
  const parts = isoInstant.exec(text)
  if (!parts) return undefined
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone] = parts
  const millisecond = fraction.slice(0, 3).padEnd(3, '0')
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}.${millisecond}Z`
  const localMs = Date.parse(local)
  // Date.parse turns 30 February into 2 March, so the parts are compared again.
  if (Number.isNaN(localMs) || new Date(localMs).toISOString() !== local) return undefined
  const ms = localMs - offsetMs(zone)
  // An offset may lead out of the years that four digits can write.
  if (!hasFourDigitYear(ms)) return undefined
  return { ms, nanoseconds: Number(fraction.slice(3).padEnd(6, '0')) }
}

function offsetMs(zone: string | undefined): number {
  if (zone === undefined || zone.toUpperCase() === 'Z') return 0
  const digits = zone.replace(':', '')
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5))
  return (digits.startsWith('-') ? -minutes : minutes) * 60_000
}

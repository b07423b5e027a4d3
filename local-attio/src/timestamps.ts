// Attio writes instants in UTC with nine fractional digits, of which the first three count.

/** 1778881780561 → "2026-05-15T21:49:40.561000000Z". */
export function timestamp(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, -1)}000000Z`
}

export function timestampOrNull(ms: number | null): string | null {
  return ms === null ? null : timestamp(ms)
}

const isoInstant =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?(Z|z|[+-]\d{2}:?\d{2})?)?$/

/**
 * Returns the instant of an ISO 8601 text in milliseconds; undefined for any other text.
 * assumed: a date alone is midnight UTC, a time without an offset is UTC.
 */
export function parseInstant(text: string): number | undefined {
  const parts = isoInstant.exec(text)
  if (!parts) return undefined
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', zone] = parts
  const millisecond = fraction.slice(0, 3).padEnd(3, '0')
  const local = `${year}-${month}-${day}T${hour}:${minute}:${second}.${millisecond}Z`
  const ms = Date.parse(local)
  // Date.parse turns 30 February into 2 March, so the parts are compared again.
  if (Number.isNaN(ms) || new Date(ms).toISOString() !== local) return undefined
  return ms - offsetMs(zone)
}

function offsetMs(zone: string | undefined): number {
  if (zone === undefined || zone.toUpperCase() === 'Z') return 0
  const digits = zone.replace(':', '')
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5))
  return (digits.startsWith('-') ? -minutes : minutes) * 60_000
}

// Dates and timestamps as attribute values: every ISO 8601 form is read, one form is stored.
import { parseInstant, timestamp } from '../timestamps.ts'

/** Returns the day in UTC: "2023", "2023-01", a date or a time → "2023-01-02". */
export function normalDate(text: string): string | undefined {
  const instant = parseInstant(padded(text))
  return instant === undefined ? undefined : new Date(instant).toISOString().slice(0, 10)
}

export function normalTimestamp(text: string): string | undefined {
  const instant = parseInstant(padded(text))
  if (instant === undefined) return undefined
  // Attio keeps nanoseconds, of which an instant in milliseconds holds only the first three digits.
  const [, fraction = ''] = /[.,](\d{1,9})/.exec(text) ?? []
  return `${timestamp(instant).slice(0, -10)}${fraction.padEnd(9, '0')}Z`
}

function padded(text: string): string {
  if (/^\d{4}$/.test(text)) return `${text}-01-01`
  return /^\d{4}-\d{2}$/.test(text) ? `${text}-01` : text
}

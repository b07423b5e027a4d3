// Dates and timestamps as attribute values: every ISO 8601 form is read, one form is stored.
import { parseInstant, readInstant, timestamp } from '../timestamps.ts'

/** Returns the day in UTC: "2023", "2023-01", a date or a time → "2023-01-02". */
export function normalDate(text: string): string | undefined {
  const instant = parseInstant(padded(text))
  return instant === undefined ? undefined : new Date(instant).toISOString().slice(0, 10)
}

export function normalTimestamp(text: string): string | undefined {
  const instant = readInstant(padded(text))
  return instant && timestamp(instant.ms, instant.nanoseconds)
}

function padded(text: string): string {
  if (/^\d{4}$/.test(text)) return `${text}-01-01`
  return /^\d{4}-\d{2}$/.test(text) ? `${text}-01` : text
}

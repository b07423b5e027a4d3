// Dates and timestamps as attribute values: anything ISO 8601 goes in, one form comes out.
import { parseInstant, timestamp } from '../timestamps.ts'

/** "2023", "2023-01", a date or a time → "2023-01-02"; a time is taken to UTC first. */
export function normalDate(text: string): string | undefined {
  const instant = parseInstant(padded(text))
  return instant === undefined ? undefined : new Date(instant).toISOString().slice(0, 10)
}

export function normalTimestamp(text: string): string | undefined {
  const instant = parseInstant(padded(text))
  return instant === undefined ? undefined : timestamp(instant)
}

function padded(text: string): string {
  if (/^\d{4}$/.test(text)) return `${text}-01-01`
  return /^\d{4}-\d{2}$/.test(text) ? `${text}-01` : text
}

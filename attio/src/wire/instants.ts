// Attio's timestamps are UTC text with up to nine fractional digits; ours are milliseconds since 1970.
import { z } from 'zod'

const form = /^(\d{4}-\d\d-(\d\d))(?:T(\d\d:\d\d:\d\d)(?:\.(\d+))?(Z|[+-]\d\d:\d\d)?)?$/

/**
 * Reads `2026-05-15T21:49:00.561000000Z` or a date alone, which is midnight UTC. Finer than a
 * millisecond is cut off. assumed: a timestamp without a zone is UTC.
 */
export function parseInstant(text: string): number | undefined {
  const parts = form.exec(text)
  if (parts === null) return undefined
  const [, date = '', day = '', time = '00:00:00', fraction = '', zone = 'Z'] = parts
  const milliseconds = fraction.slice(0, 3).padEnd(3, '0')
  const instant = Date.parse(`${date}T${time}.${milliseconds}${zone}`)
  if (Number.isNaN(instant)) return undefined
  return day > '28' && !isCalendarDate(date) ? undefined : instant
}

/** False for February 30, which Date.parse reads as March 2. */
function isCalendarDate(date: string): boolean {
  return new Date(`${date}T00:00:00.000Z`).toISOString().startsWith(date)
}

/** With nine fractional digits, as in Attio's examples. */
export function formatInstant(instant: number): string {
  return new Date(instant).toISOString().replace('Z', '000000Z')
}

export const instantSchema: z.ZodType<number> = z.string().transform((text, context) => {
  const instant = parseInstant(text)
  if (instant !== undefined) return instant
  context.addIssue({ code: 'custom', message: 'expected an ISO 8601 timestamp' })
  return z.NEVER
})

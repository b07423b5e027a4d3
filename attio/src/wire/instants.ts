// Attio's timestamps are UTC text with up to nine fractional digits; ours are milliseconds since 1970.
import { z } from 'zod'

const form =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:T(?:[01]\d|2[0-3])(?::[0-5]\d){2}(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)?)?$/

/**
 * Parses `2026-05-15T21:49:00.561000000Z` or a date alone, which is midnight UTC. Digits beyond
 * milliseconds are cut off. assumed: a timestamp without a zone is UTC.
 */
export function parseInstant(text: string): number | undefined {
  return isInstant(text) ? instantOf(text) : undefined
}

function isInstant(text: string): boolean {
  return form.test(text) && (text.slice(8, 10) <= '28' || isCalendarDate(text.slice(0, 10)))
}

/** False for February 30, which Date.parse reads as March 2. */
function isCalendarDate(date: string): boolean {
  return new Date(`${date}T00:00:00.000Z`).toISOString().startsWith(date)
}

/** Returns the milliseconds of a text that has been checked to be an instant. */
export function instantOf(text: string): number {
  return Date.parse(text.includes('T') && !zone.test(text) ? `${text}Z` : text)
}

const zone = /(?:Z|[+-]\d\d:\d\d)$/

/** Formats with nine fractional digits, as in Attio's examples. */
export function formatInstant(instant: number): string {
  return new Date(instant).toISOString().replace('Z', '000000Z')
}

/** Checks an instant and leaves it as text; `instantOf` reads it. */
export const instantText = z.string().refine(isInstant, 'expected an ISO 8601 timestamp')

export const instantSchema: z.ZodType<number> = instantText.transform(instantOf)

/** Reads an instant; null when it is absent or unreadable, because the resource makes sense without it. */
export const optionalInstant: z.ZodType<number | null> = instantSchema.nullable().catch(null)

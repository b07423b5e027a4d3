// Parses the instants in control requests.
import { z } from 'zod'
import { parseInstant } from '../timestamps.ts'

/** Milliseconds, or text such as 2026-05-18T12:00:00Z. */
export const instant = z.union([
  z.int().min(0).max(8.64e15),
  z.string().transform((text, context) => {
    const at = parseInstant(text)
    if (at !== undefined) return at
    context.addIssue('not an instant such as 2026-05-18T12:00:00Z')
    return z.NEVER
  }),
])

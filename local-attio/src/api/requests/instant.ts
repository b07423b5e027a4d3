// Reads the instants of a request: ISO 8601 texts, to the nanosecond.
import { z } from 'zod'
import { readInstant, type Instant } from '../../timestamps.ts'

export const instant = z.string().transform((text, context): Instant => {
  const read = readInstant(text)
  if (read !== undefined) return read
  context.addIssue({ code: 'custom', message: 'Invalid ISO 8601 date' })
  return z.NEVER
})

/** The members of a document that was created at an instant. */
export function createdAt({ ms, nanoseconds }: Instant) {
  return { createdAt: ms, ...(nanoseconds > 0 && { createdNanoseconds: nanoseconds }) }
}

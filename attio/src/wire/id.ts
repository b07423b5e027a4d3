// Ids in Attio's answers. They become parts of addresses, so only characters that mean nothing there are accepted.
import { z } from 'zod'

/** Attio's ids are UUIDs; this also accepts the short ids of stand-ins. */
export const wireId = z.string().regex(/^[\w-]{1,100}$/, 'expected an id')

/** True when both name the same resource: UUIDs may differ in case. */
export function sameId(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase()
}

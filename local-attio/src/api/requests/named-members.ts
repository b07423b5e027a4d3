// Members whose names a request chooses, such as the slugs of attributes.
import { z } from 'zod'

/** A record of JSON values. zod drops a member named "__proto__" without a word; here it is refused. */
export const namedMembers = z
  .unknown()
  .superRefine((input, context) => {
    if (!hasPrototype(input)) return
    context.addIssue({ code: 'unrecognized_keys', keys: ['__proto__'] })
  })
  .pipe(z.record(z.string(), z.json()))

/** A body nests only so deep: see json-depth.ts. */
function hasPrototype(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  return Object.hasOwn(value, '__proto__') || Object.values(value).some(hasPrototype)
}

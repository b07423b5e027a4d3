// An object whose members are not known. It is passed on as it is: copying thousands of members takes long.
import { z } from 'zod'

export type AnyObject = Readonly<Record<string, unknown>>

/** Leaves out `__proto__`, which would change the prototype where the members are assigned to another object. */
export const anyObject: z.ZodType<AnyObject> = z
  .custom<AnyObject>(
    (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
    'expected object',
  )
  .transform((object) => (Object.hasOwn(object, '__proto__') ? withoutPrototype(object) : object))

function withoutPrototype(object: AnyObject): AnyObject {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== '__proto__'))
}

// Parts of Attio's answers. They are strict: a member that Attio was never seen to send is a bug.
import { z } from 'zod'

export const uuid = z.guid()

/** An instant of the local Attio: UTC, nine fractional digits. */
export const timestamp = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z$/)

export const actor = z.strictObject({
  type: z.enum(['api-token', 'workspace-member', 'system', 'app']),
  id: z.string().nullable(),
})

export const nothing = z.strictObject({})

export function one<Schema extends z.ZodType>(schema: Schema) {
  return z.strictObject({ data: schema })
}

export function many<Schema extends z.ZodType>(schema: Schema) {
  return z.strictObject({ data: z.array(schema) })
}

export const pagination = z.strictObject({ next_cursor: z.string().nullable() })

export function cursorPageOf<Schema extends z.ZodType>(schema: Schema) {
  return z.strictObject({ data: z.array(schema), pagination })
}

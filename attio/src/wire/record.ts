// A record of any object, and a result of the search.
// Source: docs.attio.com/rest-api/endpoint-reference/records
import { z } from 'zod'
import { type AttributeValue, attributeValueSchema } from './attribute-value.ts'
import type { Turns } from '../http/turns.ts'
import { type AnyObject, anyObject } from './any-object.ts'
import { wireId } from './id.ts'
import { optionalInstant } from './instants.ts'

/** A record of any object. Its name leaves TypeScript's own `Record` alone. */
export interface AttioRecord {
  readonly id: string
  readonly objectId: string
  readonly workspaceId: string
  /** Milliseconds since 1970; null when the answer does not say it in a readable form. */
  readonly createdAt: number | null
  /** The record's page in Attio. Its form differs between objects. Null for a link to another site. */
  readonly webUrl: string | null
  /** Values by attribute slug: always a list, empty when there is no value. */
  readonly values: Readonly<Record<string, readonly AttributeValue[]>>
}

const recordIdSchema = z.object({
  workspace_id: wireId,
  object_id: wireId,
  record_id: wireId,
})

/** Leaves `web_url` unchecked: see `linkToAttio`. */
export const wireRecordSchema = z.object({
  id: recordIdSchema,
  created_at: optionalInstant,
  web_url: z.string().nullish().catch(null),
  values: anyObject,
})

/** Reads the values of a record in turns of the event loop. */
export async function recordFrom(
  wire: z.output<typeof wireRecordSchema>,
  turns: Turns,
): Promise<AttioRecord> {
  return {
    id: wire.id.record_id,
    objectId: wire.id.object_id,
    workspaceId: wire.id.workspace_id,
    createdAt: wire.created_at,
    webUrl: wire.web_url ?? null,
    values: await readValues(wire.values, turns),
  }
}

/** Leaves out a value, or an attribute, that does not have the documented form: the others can still be read. */
async function readValues(wire: AnyObject, turns: Turns): Promise<AttioRecord['values']> {
  const values: [string, readonly AttributeValue[]][] = []
  for (const [attribute, list] of Object.entries(wire)) {
    const readable: AttributeValue[] = []
    for (const value of Array.isArray(list) ? list : []) {
      const { data } = attributeValueSchema.safeParse(value)
      if (data !== undefined) readable.push(data)
      if (turns.isOver()) await turns.next()
    }
    values.push([attribute, readable])
  }
  return Object.fromEntries(values)
}

/** A search result: `text` is the display name, for records of any object. */
export interface FoundRecord {
  readonly id: string
  readonly objectId: string
  readonly workspaceId: string
  readonly objectSlug: string
  readonly text: string
  readonly imageUrl: string | null
}

export const foundRecordSchema: z.ZodType<FoundRecord> = z
  .object({
    id: recordIdSchema,
    record_text: z.string(),
    record_image: z.string().nullish(),
    object_slug: z.string(),
  })
  .transform((wire): FoundRecord => ({
    id: wire.id.record_id,
    objectId: wire.id.object_id,
    workspaceId: wire.id.workspace_id,
    objectSlug: wire.object_slug,
    text: wire.record_text,
    imageUrl: wire.record_image ?? null,
  }))

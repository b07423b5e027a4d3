// A record of any object, and a result of the search.
// Source: docs.attio.com/rest-api/endpoint-reference/records
import { z } from 'zod'
import { type AttributeValue, attributeValueSchema } from './attribute-value.ts'
import { instantSchema } from './instants.ts'

/** Named so that it does not shadow TypeScript's own Record. */
export interface AttioRecord {
  readonly id: string
  readonly objectId: string
  readonly workspaceId: string
  /** Milliseconds since 1970. */
  readonly createdAt: number
  /** The record's page in Attio. Its form differs between objects. Null for a link to another site. */
  readonly webUrl: string | null
  /** Values by attribute slug: always a list, empty when there is no value. */
  readonly values: Readonly<Record<string, readonly AttributeValue[]>>
}

const recordIdSchema = z.object({
  workspace_id: z.string().min(1),
  object_id: z.string().min(1),
  record_id: z.string().min(1),
})

/** Leaves `webUrl` unchecked: see `linkToAttio`. */
export const recordSchema: z.ZodType<AttioRecord> = z
  .object({
    id: recordIdSchema,
    created_at: instantSchema,
    web_url: z.string().nullish(),
    values: z.record(z.string(), z.array(attributeValueSchema)),
  })
  .transform((wire): AttioRecord => ({
    id: wire.id.record_id,
    objectId: wire.id.object_id,
    workspaceId: wire.id.workspace_id,
    createdAt: wire.created_at,
    webUrl: wire.web_url ?? null,
    values: wire.values,
  }))

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

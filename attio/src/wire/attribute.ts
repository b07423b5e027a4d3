// An attribute of an object's records or a list's entries.
// Source: docs.attio.com/rest-api/endpoint-reference/attributes/list-attributes
import { z } from 'zod'
import { instantSchema } from './instants.ts'

export interface Attribute {
  readonly id: string
  readonly workspaceId: string
  readonly title: string
  readonly description: string | null
  readonly apiSlug: string
  /** `text`, `select`, `record-reference`, ...; see docs.attio.com/docs/attribute-types */
  readonly type: string
  readonly isSystemAttribute: boolean
  readonly isWritable: boolean
  readonly isRequired: boolean
  readonly isUnique: boolean
  readonly isMultiselect: boolean
  readonly isArchived: boolean
  /** Milliseconds since 1970. */
  readonly createdAt: number
}

export const attributeSchema: z.ZodType<Attribute> = z
  .object({
    id: z.object({ workspace_id: z.string().min(1), attribute_id: z.string().min(1) }),
    title: z.string(),
    description: z.string().nullish(),
    api_slug: z.string(),
    type: z.string(),
    is_system_attribute: z.boolean(),
    is_writable: z.boolean(),
    is_required: z.boolean(),
    is_unique: z.boolean(),
    is_multiselect: z.boolean(),
    is_archived: z.boolean(),
    created_at: instantSchema,
  })
  .transform((wire): Attribute => ({
    id: wire.id.attribute_id,
    workspaceId: wire.id.workspace_id,
    title: wire.title,
    description: wire.description ?? null,
    apiSlug: wire.api_slug,
    type: wire.type,
    isSystemAttribute: wire.is_system_attribute,
    isWritable: wire.is_writable,
    isRequired: wire.is_required,
    isUnique: wire.is_unique,
    isMultiselect: wire.is_multiselect,
    isArchived: wire.is_archived,
    createdAt: wire.created_at,
  }))

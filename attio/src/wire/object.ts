// An object (a kind of record): people, companies, deals, or a custom one.
// Source: docs.attio.com/rest-api/endpoint-reference/objects
import { z } from 'zod'
import { instantSchema } from './instants.ts'

export interface AttioObject {
  readonly id: string
  readonly workspaceId: string
  readonly apiSlug: string | null
  readonly singularNoun: string | null
  readonly pluralNoun: string | null
  /** Milliseconds since 1970. */
  readonly createdAt: number
}

export const objectSchema: z.ZodType<AttioObject> = z
  .object({
    id: z.object({ workspace_id: z.string().min(1), object_id: z.string().min(1) }),
    api_slug: z.string().nullable(),
    singular_noun: z.string().nullable(),
    plural_noun: z.string().nullable(),
    created_at: instantSchema,
  })
  .transform((wire): AttioObject => ({
    id: wire.id.object_id,
    workspaceId: wire.id.workspace_id,
    apiSlug: wire.api_slug,
    singularNoun: wire.singular_noun,
    pluralNoun: wire.plural_noun,
    createdAt: wire.created_at,
  }))

// An object (a kind of record): people, companies, deals, or a custom one.
// Source: docs.attio.com/rest-api/endpoint-reference/objects
import { z } from 'zod'
import { wireId } from './id.ts'
import { optionalInstant } from './instants.ts'

export interface AttioObject {
  readonly id: string
  readonly workspaceId: string
  readonly apiSlug: string | null
  readonly singularNoun: string | null
  readonly pluralNoun: string | null
  /** Milliseconds since 1970; null when the answer does not say it in a readable form. */
  readonly createdAt: number | null
}

const textOrNull = z.string().nullable().catch(null)

export const objectSchema: z.ZodType<AttioObject> = z
  .object({
    id: z.object({ workspace_id: wireId, object_id: wireId }),
    api_slug: textOrNull,
    singular_noun: textOrNull,
    plural_noun: textOrNull,
    created_at: optionalInstant,
  })
  .transform((wire): AttioObject => ({
    id: wire.id.object_id,
    workspaceId: wire.id.workspace_id,
    apiSlug: wire.api_slug,
    singularNoun: wire.singular_noun,
    pluralNoun: wire.plural_noun,
    createdAt: wire.created_at,
  }))

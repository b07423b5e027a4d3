// Who did something: a member, an app, a token, Attio itself, or a kind that does not exist yet.
import { z } from 'zod'

export interface Actor {
  /** `workspace-member`, `app`, `api-token`, `system`, or a kind that this package does not know. */
  readonly type: string
  readonly id: string | null
}

const idSchema = z
  .string()
  .nullish()
  .transform((id) => id ?? null)

/** `{ type, id }`; null when Attio names nobody. */
export const actorSchema: z.ZodType<Actor | null> = z
  .object({ type: z.string().nullish(), id: idSchema })
  .nullish()
  .transform((actor): Actor | null => (actor?.type ? { type: actor.type, id: actor.id } : null))

/** `{ referenced_actor_type, referenced_actor_id }`, the form inside tasks and attribute values. */
export const referencedActorSchema: z.ZodType<Actor> = z
  .object({ referenced_actor_type: z.string(), referenced_actor_id: idSchema })
  .transform((actor): Actor => ({
    type: actor.referenced_actor_type,
    id: actor.referenced_actor_id,
  }))

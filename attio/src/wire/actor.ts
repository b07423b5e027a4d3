// The author of an action: a member, an app, a token, Attio itself, or a future kind of actor.
import { z } from 'zod'

export interface Actor {
  /** `workspace-member`, `app`, `api-token`, `system`, or a kind that this package does not know. */
  readonly type: string
  readonly id: string | null
}

const id = z.string().nullish()

export const wireActor = z.object({ type: z.string().nullish(), id }).nullish()

/** Reads `{ type, id }`; null when Attio names no actor. */
export const actorSchema: z.ZodType<Actor | null> = wireActor.transform(actorFrom)

export function actorFrom(wire: z.output<typeof wireActor>): Actor | null {
  return wire?.type ? { type: wire.type, id: wire.id ?? null } : null
}

export const wireReferencedActor = z.object({
  referenced_actor_type: z.string(),
  referenced_actor_id: id,
})

/** Reads `{ referenced_actor_type, referenced_actor_id }`, the form in tasks and attribute values. */
export const referencedActorSchema: z.ZodType<Actor> =
  wireReferencedActor.transform(referencedActorFrom)

export function referencedActorFrom(wire: z.output<typeof wireReferencedActor>): Actor {
  return { type: wire.referenced_actor_type, id: wire.referenced_actor_id ?? null }
}

// The author of an edit: an API call with a token, or a person in Attio.
import type { Ids } from '../ids.ts'
import type { Actor } from '../world/entities.ts'
import type { World } from '../world/world.ts'

export type Author = {
  readonly world: World
  readonly ids: Ids
  readonly now: number
  readonly workspaceId: string
  readonly actor: Actor
  /** The workspace member who owns the token or uses the page, if there is one. */
  readonly memberId?: string
}

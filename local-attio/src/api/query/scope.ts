// The scope of a query: the records of an object or the entries of a list.
import type { World } from '../../world/world.ts'

export type Scope = {
  readonly world: World
  readonly workspaceId: string
  /** The object's or list's id. */
  readonly parentId: string
}

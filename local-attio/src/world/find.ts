// Finds objects, lists and attributes by slug or id, as Attio does everywhere.
import type { AttioObject, Attribute, List } from './records.ts'
import type { World } from './world.ts'

export function findObject(
  world: World,
  workspaceId: string,
  slugOrId: string,
): AttioObject | undefined {
  return bySlugOrId(world.objectsOf(workspaceId), slugOrId)
}

export function findList(world: World, workspaceId: string, slugOrId: string): List | undefined {
  return bySlugOrId(world.listsOf(workspaceId), slugOrId)
}

/** An attribute of an object or a list. */
export function findAttribute(
  world: World,
  parentId: string,
  slugOrId: string,
): Attribute | undefined {
  return bySlugOrId(world.attributesOf(parentId), slugOrId)
}

type Named = { readonly id: string; readonly slug: string }

function bySlugOrId<Item extends Named>(
  items: readonly Item[],
  slugOrId: string,
): Item | undefined {
  return items.find((item) => item.slug === slugOrId || item.id === slugOrId.toLowerCase())
}

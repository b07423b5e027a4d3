// Switches on a standard object that a workspace does not have yet, as an admin can in Attio.
import { emptyGrown } from './grow-workspace.ts'
import { addOptionalObject, type OptionalObject } from './optional-objects.ts'
import { createSchema, type Grown } from './schema.ts'
import type { Actor } from '../world/entities.ts'
import type { AttioObject } from '../world/records.ts'
import { findObject } from '../world/find.ts'
import type { World } from '../world/world.ts'
import type { Ids } from '../ids.ts'

/** The workspace, and the actor who switches the object on. */
export type Activation = {
  readonly world: World
  readonly ids: Ids
  readonly now: number
  readonly workspaceId: string
  readonly actor: Actor
}

/** Returns the object; adds it with its attributes when it is absent. */
export function activateObject(
  { world, ids, now, workspaceId, actor }: Activation,
  slug: OptionalObject,
): AttioObject | undefined {
  const grown = grownFrom(world, workspaceId)
  const schema = createSchema({
    workspaceId,
    createdAt: now,
    creator: actor,
    grown,
    nextId: () => ids.uuid(),
  })
  if (!schema.hasObject(slug)) {
    addOptionalObject(schema, slug)
    world.transact(() => store(world, grown))
  }
  return findObject(world, workspaceId, slug)
}

function grownFrom(world: World, workspaceId: string): Grown {
  const objects = world.objectsOf(workspaceId)
  const attributes = objects.flatMap(({ id }) => world.attributesOf(id))
  return { ...emptyGrown(), objects, attributes }
}

/** Stores new and replaced documents. */
function store(world: World, { objects, attributes, options }: Grown): void {
  for (const object of objects) {
    if (world.objects.get(object.id) !== object) world.objects.put(object)
  }
  for (const attribute of attributes) {
    if (world.attributes.get(attribute.id) !== attribute) world.attributes.put(attribute)
  }
  for (const option of options) world.options.put(option)
}

// Switches on a standard object that a workspace does not have yet, as an admin can in Attio.
import { addOptionalObject, type OptionalObject } from './schema/optional-objects.ts'
import { createSchema, type SchemaDocuments } from './schema/schema.ts'
import type { AttioObject } from '../world/records.ts'
import { findObject } from '../world/find.ts'
import type { World } from '../world/world.ts'
import type { Ids } from '../ids.ts'

/** The workspace in which the object is switched on. */
export type Activation = {
  readonly world: World
  readonly ids: Ids
  readonly now: number
  readonly workspaceId: string
}

/** Returns the object; adds it with its attributes when it is absent. */
export function activateObject(
  { world, ids, now, workspaceId }: Activation,
  slug: OptionalObject,
): AttioObject | undefined {
  const documents = documentsOf(world, workspaceId)
  const schema = createSchema({
    workspaceId,
    createdAt: now,
    documents,
    nextId: () => ids.uuid(),
  })
  if (!schema.hasObject(slug)) {
    addOptionalObject(schema, slug)
    world.transact(() => store(world, documents))
  }
  return findObject(world, workspaceId, slug)
}

function documentsOf(world: World, workspaceId: string): SchemaDocuments {
  const objects = world.objectsOf(workspaceId)
  const attributes = objects.flatMap(({ id }) => world.attributesOf(id))
  return { objects, attributes, options: [] }
}

/** Stores new and replaced documents. */
function store(world: World, { objects, attributes, options }: SchemaDocuments): void {
  for (const object of objects) {
    if (world.objects.get(object.id) !== object) world.objects.put(object)
  }
  for (const attribute of attributes) {
    if (world.attributes.get(attribute.id) !== attribute) world.attributes.put(attribute)
  }
  for (const option of options) world.options.put(option)
}

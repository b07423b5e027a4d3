// Objects of a workspace (people, companies, deals, its own): found by slug or id.
import { timestamp } from '../timestamps.ts'
import type { AttioObject } from '../world/entities.ts'
import type { World } from '../world/world.ts'
import type { Call, Handler } from './call.ts'
import { notFound } from './errors.ts'

export const listObjects: Handler = ({ world, workspaceId }) => ({
  data: world.objectsOf(workspaceId).map(renderObject),
})

export const getObject: Handler = (call) => ({ data: renderObject(objectOfPath(call)) })

/** The object that the path names; Attio's 404 when there is none. */
export function objectOfPath(call: Call): AttioObject {
  return findObjectOr404(call.world, call.workspaceId, call.params['object'] ?? '')
}

export function findObjectOr404(world: World, workspaceId: string, slugOrId: string): AttioObject {
  const object = findObject(world, workspaceId, slugOrId)
  if (!object) throw notFound(`Object with slug/ID "${slugOrId}" not found.`)
  return object
}

export function findObject(
  world: World,
  workspaceId: string,
  slugOrId: string,
): AttioObject | undefined {
  return world
    .objectsOf(workspaceId)
    .find((object) => object.slug === slugOrId || object.id === slugOrId.toLowerCase())
}

export function renderObject(object: AttioObject) {
  return {
    id: { workspace_id: object.workspaceId, object_id: object.id },
    api_slug: object.slug,
    singular_noun: object.singularNoun,
    plural_noun: object.pluralNoun,
    created_at: timestamp(object.createdAt),
  }
}

// Finds the object or list and the attribute in a path.
import type { Attribute } from '../../world/records.ts'
import { findAttribute, findList } from '../../world/find.ts'
import type { World } from '../../world/world.ts'
import type { Call } from '../requests/call.ts'
import { notFound } from '../requests/errors.ts'
import { findObjectOr404 } from '../objects/objects.ts'

export type Parent = { readonly id: string; readonly kind: 'objects' | 'lists' }

export function parentOfPath(call: Call): Parent {
  const identifier = call.params['identifier'] ?? ''
  if (call.params['target'] === 'objects') {
    return { id: findObjectOr404(call.world, call.workspaceId, identifier).id, kind: 'objects' }
  }
  const list = findList(call.world, call.workspaceId, identifier)
  if (!list) throw notFound(`List with slug/ID "${identifier}" not found.`)
  return { id: list.id, kind: 'lists' }
}

export function attributeOfPath(call: Call): Attribute {
  return findAttributeOr404(call.world, parentOfPath(call).id, call.params['attribute'] ?? '')
}

export function findAttributeOr404(world: World, parentId: string, slugOrId: string): Attribute {
  const attribute = findAttribute(world, parentId, slugOrId)
  if (!attribute) throw notFound(`Attribute with slug/ID "${slugOrId}" not found.`)
  return attribute
}

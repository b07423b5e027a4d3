// Attributes of an object or a list: what its records or entries can hold.
import { z } from 'zod'
import { timestamp } from '../timestamps.ts'
import type { Attribute } from '../world/entities.ts'
import type { World } from '../world/world.ts'
import type { Call, Handler } from './call.ts'
import { notFound } from './errors.ts'
import { findObjectOr404 } from './objects.ts'
import { page, pageOfQuery } from './pagination.ts'
import { readQuery } from './validation.ts'

const query = z.object({
  ...pageOfQuery({ byDefault: 500, most: 500 }),
  show_archived: z.enum(['true', 'false']).default('false'),
})

export const listAttributes: Handler = (call) => {
  const parentId = parentIdOfPath(call)
  const wanted = readQuery(call, query)
  const attributes = call.world
    .attributesOf(parentId)
    .filter((attribute) => wanted.show_archived === 'true' || !attribute.isArchived)
  return { data: page(attributes, wanted).map((one) => renderAttribute(call.world, one)) }
}

export const getAttribute: Handler = (call) => ({
  data: renderAttribute(call.world, attributeOfPath(call)),
})

/** The id of the object or list that the path names. */
export function parentIdOfPath(call: Call): string {
  const identifier = call.params['identifier'] ?? ''
  if (call.params['target'] === 'objects') {
    return findObjectOr404(call.world, call.workspaceId, identifier).id
  }
  const list = call.world
    .listsOf(call.workspaceId)
    .find((one) => one.slug === identifier || one.id === identifier)
  if (!list) throw notFound(`List with slug/ID "${identifier}" not found.`)
  return list.id
}

export function attributeOfPath(call: Call): Attribute {
  const slugOrId = call.params['attribute'] ?? ''
  return findAttributeOr404(call.world, parentIdOfPath(call), slugOrId)
}

export function findAttributeOr404(world: World, parentId: string, slugOrId: string): Attribute {
  const attribute = findAttribute(world, parentId, slugOrId)
  if (!attribute) throw notFound(`Attribute with slug/ID "${slugOrId}" not found.`)
  return attribute
}

export function findAttribute(
  world: World,
  parentId: string,
  slugOrId: string,
): Attribute | undefined {
  return world
    .attributesOf(parentId)
    .find((attribute) => attribute.slug === slugOrId || attribute.id === slugOrId.toLowerCase())
}

export function renderAttribute(world: World, attribute: Attribute) {
  return {
    id: idOf(attribute),
    title: attribute.title,
    description: attribute.description,
    api_slug: attribute.slug,
    type: attribute.type,
    is_system_attribute: attribute.isSystem,
    is_writable: attribute.isWritable,
    is_required: attribute.isRequired,
    is_unique: attribute.isUnique,
    is_multiselect: attribute.isMultiselect,
    is_default_value_enabled: attribute.defaultValue !== null,
    is_archived: attribute.isArchived,
    default_value: attribute.defaultValue,
    relationship: renderRelationship(world, attribute),
    created_at: timestamp(attribute.createdAt),
    config: {
      currency: {
        default_currency_code: attribute.currency?.code ?? null,
        display_type: attribute.currency?.display ?? null,
      },
      record_reference: { allowed_object_ids: attribute.allowedObjectIds },
    },
  }
}

function renderRelationship(world: World, attribute: Attribute) {
  const related = attribute.relatedAttributeId
    ? world.attributes.get(attribute.relatedAttributeId)
    : undefined
  if (!related) return null
  return {
    id: idOf(related),
    object_slug: world.objects.get(related.parentId)?.slug ?? '',
    title: related.title,
    api_slug: related.slug,
    is_multiselect: related.isMultiselect,
  }
}

function idOf(attribute: Attribute) {
  return {
    workspace_id: attribute.workspaceId,
    object_id: attribute.parentId,
    attribute_id: attribute.id,
  }
}

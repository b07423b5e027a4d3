// Attributes of an object or a list: list, get, create, update.
import { z } from 'zod'
import { createAttribute, relateAttributes } from '../../edits/attributes.ts'
import { readDefault } from '../../values/read.ts'
import type { Attribute } from '../../world/records.ts'
import { findAttribute } from '../../world/find.ts'
import type { Call, Handler } from '../requests/call.ts'
import { conflict, refuse } from '../requests/errors.ts'
import { findObjectOr404 } from '../objects/objects.ts'
import { page, pageOfQuery } from '../requests/pagination.ts'
import { requireScopes } from '../access/scopes.ts'
import { readBody, readQuery } from '../requests/validation.ts'
import { attributeChanges, newAttribute, type NewAttribute } from './body.ts'
import { attributeOfPath, parentOfPath, type Parent } from './find.ts'
import { renderAttribute } from './render.ts'

const query = z.object({
  ...pageOfQuery({ byDefault: 500, most: 500 }),
  show_archived: z.enum(['true', 'false']).default('false'),
})

export const listAttributes: Handler = (call) => {
  const parent = parentOfPath(call)
  const wanted = readQuery(call, query)
  const attributes = call.world
    .attributesOf(parent.id)
    .filter((attribute) => wanted.show_archived === 'true' || !attribute.isArchived)
  return { data: page(attributes, wanted).map((one) => renderAttribute(call, one)) }
}

export const getAttribute: Handler = (call) => ({
  data: renderAttribute(call, attributeOfPath(call)),
})

export const postAttribute: Handler = (call) => {
  const isList = call.params['target'] === 'lists'
  requireScopes(call.token.scopes, [
    isList ? 'list_configuration:read-write' : 'object_configuration:read-write',
  ])
  const parent = parentOfPath(call)
  const { data } = readBody(call, newAttribute)
  requireFreeSlug(call, parent, data.api_slug)
  const attribute = createAttribute(call, parent, sketchOf(call, parent, data))
  const finished = data.relationship
    ? relate(call, attribute, data.relationship)
    : call.world.attributes.put(withDefault(call, attribute, data.default_value))
  return { data: renderAttribute(call, finished) }
}

export const patchAttribute: Handler = (call) => {
  const attribute = attributeOfPath(call)
  const { data } = readBody(call, attributeChanges)
  if (attribute.isSystem) {
    throw refuse('system_edit_unauthorized', 'Cannot update a System attribute.')
  }
  const slug = data.api_slug ?? attribute.slug
  if (slug !== attribute.slug) {
    requireFreeSlug(call, { id: attribute.parentId, kind: attribute.parentKind }, slug)
  }
  const changed = withDefault(
    call,
    {
      ...attribute,
      slug,
      title: data.title ?? attribute.title,
      description: data.description === undefined ? attribute.description : data.description,
      isRequired: data.is_required ?? attribute.isRequired,
      isUnique: data.is_unique ?? attribute.isUnique,
      isArchived: data.is_archived ?? attribute.isArchived,
      ...configOf(call, attribute.type, data.config ?? {}, attribute),
    },
    data.default_value,
  )
  call.world.attributes.put(changed)
  call.world.emit({
    event_type:
      attribute.parentKind === 'lists' ? 'list-attribute.updated' : 'object-attribute.updated',
    id: eventIdOf(changed),
    actor: call.actor,
  })
  return { data: renderAttribute(call, changed) }
}

function requireFreeSlug({ world }: Call, parent: Parent, slug: string): void {
  if (!findAttribute(world, parent.id, slug)) return
  throw conflict(
    'slug_conflict',
    `An attribute with the same API slug already exists on this ${parent.kind === 'lists' ? 'list' : 'object'}. Please choose a different API slug.`,
  )
}

function sketchOf(call: Call, parent: Parent, data: NewAttribute) {
  if (data.type === 'status' && parent.kind === 'objects') {
    throw refuse('validation_type', 'Status attributes are not supported on objects.') // assumed
  }
  if (data.is_unique && !uniqueTypes.has(data.type)) {
    throw refuse('validation_type', `Attributes of type "${data.type}" cannot be unique.`) // assumed
  }
  if (data.is_multiselect && !multiselectTypes.has(data.type)) {
    throw refuse('validation_type', `Attributes of type "${data.type}" cannot be multiselect.`) // assumed
  }
  return {
    slug: data.api_slug,
    title: data.title,
    description: data.description,
    type: data.type,
    isRequired: data.is_required,
    isUnique: data.is_unique,
    isMultiselect: data.is_multiselect,
    ...configOf(call, data.type, data.config),
  }
}

const uniqueTypes = new Set(['text', 'number', 'domain', 'email-address', 'phone-number'])
const multiselectTypes = new Set([
  'select',
  'record-reference',
  'actor-reference',
  'domain',
  'email-address',
  'phone-number',
])

function configOf(
  call: Call,
  type: Attribute['type'],
  config: NewAttribute['config'],
  before: Pick<Attribute, 'currency' | 'allowedObjectIds'> = {
    currency: null,
    allowedObjectIds: null,
  },
): Pick<Attribute, 'currency' | 'allowedObjectIds'> {
  const { currency, record_reference: reference } = config
  const code = currency && { code: currency.default_currency_code, display: currency.display_type }
  const allowed = reference?.allowed_objects.map(
    (slugOrId) => findObjectOr404(call.world, call.workspaceId, slugOrId).id,
  )
  return {
    currency: type === 'currency' ? (code ?? before.currency ?? usDollars) : null,
    allowedObjectIds: type === 'record-reference' ? (allowed ?? before.allowedObjectIds) : null,
  }
}

const usDollars = { code: 'USD', display: 'symbol' }

function withDefault(
  call: Call,
  attribute: Attribute,
  defaultValue: NewAttribute['default_value'],
): Attribute {
  if (defaultValue === undefined) return attribute
  return { ...attribute, defaultValue: readDefault(call, attribute, defaultValue) }
}

function relate(
  call: Call,
  attribute: Attribute,
  relationship: NonNullable<NewAttribute['relationship']>,
): Attribute {
  if (attribute.type !== 'record-reference') {
    throw refuse('validation_type', 'Only record references can be relationships.') // assumed
  }
  const object = findObjectOr404(call.world, call.workspaceId, relationship.object)
  requireFreeSlug(call, { id: object.id, kind: 'objects' }, relationship.api_slug)
  return relateAttributes(call, attribute, object, {
    slug: relationship.api_slug,
    title: relationship.title,
    isMultiselect: relationship.is_multiselect,
  })
}

function eventIdOf(attribute: Attribute) {
  return {
    workspace_id: attribute.workspaceId,
    ...(attribute.parentKind === 'lists'
      ? { list_id: attribute.parentId }
      : { object_id: attribute.parentId }),
    attribute_id: attribute.id,
  }
}

// Choices, records and members that a written value names, looked up in the workspace.
import { findAttribute, findObject } from '../world/find.ts'
import { refuse } from '../api/requests/errors.ts'
import type {
  AttioObject,
  AttioRecord,
  Attribute,
  Member,
  Option,
  Value,
} from '../world/entities.ts'
import type { World } from '../world/world.ts'
import { domainContent, emailContent, idIn } from './contents.ts'
import { recordsWith } from './keys.ts'

type Content = Value['content']

/** A value as it is stored. Throws Attio's `value_not_found` for what is not there. */
export function resolveContent(world: World, attribute: Attribute, content: Content): Content {
  switch (attribute.type) {
    case 'select':
    case 'status':
      return { option_id: getOption(world, attribute, content).id }
    case 'currency':
      return { ...content, currency_code: attribute.currency?.code ?? 'USD' }
    case 'record-reference': {
      const record = getReferenced(world, attribute, content)
      return { target_object_id: record.objectId, target_record_id: record.id }
    }
    case 'actor-reference':
      return {
        referenced_actor_type: 'workspace-member',
        referenced_actor_id: getMember(world, attribute.workspaceId, content).id,
      }
    default:
      return content
  }
}

function getOption(world: World, attribute: Attribute, content: Content): Option {
  const wanted = idIn(content, attribute.type === 'select' ? 'option' : 'status')
  const option = findOption(world, attribute, wanted)
  if (option) return option
  // The messages of Attio's reference; they speak of a title for ids, too.
  throw refuse(
    'value_not_found',
    attribute.type === 'select'
      ? `Cannot find select attribute with select option title "${wanted}".`
      : `Cannot find status attribute with status option title "${wanted}".`,
  )
}

/** By title or id; archived ones cannot be written any more. */
export function findOption(world: World, attribute: Attribute, wanted: string): Option | undefined {
  return world
    .optionsOf(attribute.id)
    .find((option) => !option.isArchived && (option.title === wanted || option.id === wanted))
}

export function getMember(world: World, workspaceId: string, content: Content): Member {
  const id = idIn(content, 'referenced_actor_id').toLowerCase()
  const email = idIn(content, 'workspace_member_email_address').toLowerCase()
  const member = world
    .membersOf(workspaceId)
    .find((one) => one.id === id || one.emailAddress.toLowerCase() === email)
  if (member) return member
  throw refuse('value_not_found', `Workspace member "${email || id}" was not found.`) // assumed
}

function getReferenced(world: World, attribute: Attribute, content: Content): AttioRecord {
  const allowed = (attribute.allowedObjectIds ?? []).flatMap((id) => world.objects.get(id) ?? [])
  const [only] = allowed
  const text = content['text']
  if (typeof text === 'string')
    return getByText(world, allowed.length === 1 ? only : undefined, text)
  const name = idIn(content, 'target_object')
  const object = name === '' ? only : findObject(world, attribute.workspaceId, name)
  if (!object || (allowed.length > 0 && !allowed.includes(object))) {
    throw invalidReference(attribute)
  }
  return getRecord(world, object, content) ?? missing(attribute)
}

function getByText(world: World, object: AttioObject | undefined, text: string): AttioRecord {
  if (object?.slug === 'people') {
    return getByUnique(world, object, 'email_addresses', emailContent(text))
  }
  if (object?.slug === 'companies')
    return getByUnique(world, object, 'domains', domainContent(text))
  throw refuse('value_not_found', `"${text}" does not name a record.`) // assumed
}

/** A record named by its id, or by the value of one unique attribute. */
export function getRecord(
  world: World,
  object: AttioObject,
  content: Content,
): AttioRecord | undefined {
  const id = idIn(content, 'target_record_id')
  if (id !== '') {
    const record = world.records.get(id.toLowerCase())
    return record?.objectId === object.id ? record : undefined
  }
  const [slug = '', ...others] = Object.keys(content).filter((key) => key !== 'target_object')
  const values = content[slug]
  const value = Array.isArray(values) && values.length === 1 ? values[0] : undefined
  if (others.length > 0 || !isContent(value)) {
    throw refuse('validation_type', 'A reference names one record by one value.') // assumed
  }
  return getByUnique(world, object, slug, value)
}

function getByUnique(
  world: World,
  object: AttioObject,
  slugOrId: string,
  content: Content,
): AttioRecord {
  const attribute = findAttribute(world, object.id, slugOrId)
  if (!attribute) {
    throw refuse('value_not_found', `Cannot find attribute with slug/ID "${slugOrId}".`)
  }
  if (!attribute.isUnique) {
    throw refuse('validation_type', `Attribute with slug "${attribute.slug}" is not unique.`)
  }
  const [record] = recordsWith(world, attribute, content)
  if (record) return record
  throw refuse('value_not_found', `No record has that value of "${attribute.slug}".`) // assumed
}

function isContent(value: unknown): value is Content {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function invalidReference(attribute: Attribute) {
  return refuse(
    'validation_type',
    `An invalid value was passed to attribute with slug "${attribute.slug}".`,
  )
}

function missing(attribute: Attribute): never {
  throw refuse('value_not_found', `The record for attribute "${attribute.slug}" was not found.`) // assumed
}

// Looks up the options, records and members that a written value names.
import { findObject } from '../world/find.ts'
import { refuse } from '../api/requests/errors.ts'
import type { Member } from '../world/access.ts'
import type { AttioObject, AttioRecord, Attribute, Option, Value } from '../world/records.ts'
import type { World } from '../world/world.ts'
import { idIn } from './contents.ts'
import { getRecord } from './references.ts'

type Content = Value['content']

/** Returns a value as it is stored. Throws Attio's `value_not_found` for an unknown name. */
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
  // Attio's reference words it as a title also when an id was sent.
  throw refuse(
    'value_not_found',
    attribute.type === 'select'
      ? `Cannot find select attribute with select option title "${wanted}".`
      : `Cannot find status attribute with status option title "${wanted}".`,
  )
}

/** Finds an option by title or id. An archived option can no longer be written. */
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
    return getRecord(world, object, { email_addresses: [text] }) ?? unknownText(text)
  }
  if (object?.slug === 'companies') {
    return getRecord(world, object, { domains: [text] }) ?? unknownText(text)
  }
  return unknownText(text)
}

function unknownText(text: string): never {
  throw refuse('value_not_found', `"${text}" does not name a record.`) // assumed
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

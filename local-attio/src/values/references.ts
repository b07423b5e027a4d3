// The record that a written reference names: by its id, by the value of an attribute, or by
// `target_record_reference`, which also says what happens when several records match.
import { refuse } from '../api/requests/errors.ts'
import type { AttioObject, AttioRecord, Value } from '../world/records.ts'
import { findAttribute } from '../world/find.ts'
import type { World } from '../world/world.ts'
import { idIn } from './contents.ts'
import { valueInputs } from './inputs.ts'
import { recordsWith } from './keys.ts'

type Content = Value['content']

/** Returns the record that a reference names; undefined when it names the id of no record. */
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
  const reference = content['target_record_reference']
  if (isContent(reference)) return getByReference(world, object, reference)
  const { target_object: _, ...match } = content
  return getByMatch(world, object, match, 'error')
}

function getByReference(world: World, object: AttioObject, reference: Content): AttioRecord {
  const { match, if_multiple_matches: choice = 'error' } = reference
  if (!isContent(match) || typeof choice !== 'string') throw malformedReference()
  return getByMatch(world, object, match, choice)
}

/** Attio matches by values of these types only. */
const matchableTypes = new Set(['domain', 'email-address', 'number', 'phone-number', 'text'])

function getByMatch(
  world: World,
  object: AttioObject,
  match: Content,
  ifMultipleMatches: string,
): AttioRecord {
  const [slugOrId = '', ...others] = Object.keys(match)
  const written = match[slugOrId]
  const items: readonly unknown[] = Array.isArray(written) ? written : [written]
  if (others.length > 0 || items.length !== 1 || slugOrId === '') throw malformedReference()
  const attribute = findAttribute(world, object.id, slugOrId)
  if (!attribute) {
    throw refuse('value_not_found', `Cannot find attribute with slug/ID "${slugOrId}".`)
  }
  if (!matchableTypes.has(attribute.type)) {
    throw refuse('validation_type', `Records cannot be matched by "${attribute.slug}".`) // assumed
  }
  const parsed = valueInputs[attribute.type].safeParse(items[0])
  if (!parsed.success) throw malformedReference()
  const [record, another] = recordsWith(world, attribute, parsed.data)
  if (!record) {
    throw refuse('value_not_found', `No record has that value of "${attribute.slug}".`) // assumed
  }
  // assumed: every choice but "error" takes the record that was created first.
  if (another && ifMultipleMatches === 'error') {
    throw refuse('multiple_match_results', 'More than one record has that value.') // assumed
  }
  return record
}

function isContent(value: unknown): value is Content {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function malformedReference() {
  return refuse('validation_type', 'A reference names one record by one value.') // assumed
}

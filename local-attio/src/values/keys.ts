// The main member of a value: unique attributes compare it, a filter without a field means it, and
// pages show it.
import type { AttributeType, AttioRecord, Attribute, Value } from '../world/records.ts'
import type { World } from '../world/world.ts'
import { activeValues } from './render.ts'

/** The main member of each type's values. */
export const mainField: Readonly<Record<AttributeType, string>> = {
  text: 'value',
  number: 'value',
  checkbox: 'value',
  date: 'value',
  timestamp: 'value',
  rating: 'value',
  currency: 'currency_value',
  select: 'option_id',
  status: 'option_id',
  'record-reference': 'target_record_id',
  'actor-reference': 'referenced_actor_id',
  location: 'line_1',
  domain: 'domain',
  'email-address': 'email_address',
  'phone-number': 'phone_number',
  interaction: 'interacted_at',
  'personal-name': 'full_name',
}

/** Returns the same key for equal values. Addresses and domains ignore case. */
export function keyOf(type: AttributeType, content: Value['content']): string {
  const main = content[mainField[type]]
  const text = typeof main === 'string' ? main : JSON.stringify(main ?? null)
  return type === 'domain' || type === 'email-address' ? text.toLowerCase() : text
}

/** Returns the records of an object whose attribute has an active value like that. */
export function recordsWith(
  world: World,
  attribute: Attribute,
  content: Value['content'],
): AttioRecord[] {
  const key = keyOf(attribute.type, content)
  return world
    .recordsOf(attribute.parentId)
    .filter((record) =>
      activeValues(record.values, attribute.id).some(
        (value) => keyOf(attribute.type, value.content) === key,
      ),
    )
}

// The part of a value by which it is told apart: what unique attributes compare, what a filter
// without a field means, and what a person would call the value.
import type { AttributeType, AttioRecord, Attribute, Value } from '../world/entities.ts'
import type { World } from '../world/world.ts'
import { activeValues } from './render.ts'

/** The member of a value that stands for the whole. */
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

/** How equal values look the same: letters' case does not count in addresses and domains. */
export function keyOf(type: AttributeType, content: Value['content']): string {
  const main = content[mainField[type]]
  const text = typeof main === 'string' ? main : JSON.stringify(main ?? null)
  return type === 'domain' || type === 'email-address' ? text.toLowerCase() : text
}

/** Records of an object whose attribute has that value now. */
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

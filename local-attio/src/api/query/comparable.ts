// Attribute values in the form that filters and sorts compare: each field with all its names, so that
// an option matches by title and by id.
import { idIn } from '../../values/contents.ts'
import { activeValues } from '../../values/render.ts'
import { allValues, type Holder } from '../../values/system-values.ts'
import { timestamp } from '../../timestamps.ts'
import type { AttributeType, Attribute, Value } from '../../world/records.ts'
import type { World } from '../../world/world.ts'

/** The comparable values of each field; the first one is its sort key. */
export type Comparable = Readonly<Record<string, readonly unknown[]>>

export function activeContents(
  world: World,
  attribute: Attribute,
  holder: Holder,
): readonly Comparable[] {
  return activeValues(allValues(world, [attribute], holder), attribute.id).map((value) =>
    comparable(world, attribute, value),
  )
}

function comparable(world: World, attribute: Attribute, value: Value): Comparable {
  const { content } = value
  const fields: Record<string, readonly unknown[]> = {}
  for (const [name, one] of Object.entries(content)) fields[name] = [one]
  fields['active_from'] = [timestamp(value.activeFrom, value.activeFromNanoseconds)]
  if (attribute.type === 'select' || attribute.type === 'status') {
    const option = world.options.get(idIn(content, 'option_id'))
    const names = [option?.title, option?.id]
    return { ...fields, option_id: names, option: names, status: names, title: [option?.title] }
  }
  if (attribute.type === 'record-reference') {
    const object = world.objects.get(idIn(content, 'target_object_id'))
    return { ...fields, target_object: [object?.slug, object?.id] }
  }
  return fields
}

/** Returns the fields that a filter may name. */
export function fieldsOf(attribute: Attribute): readonly string[] {
  return fields[attribute.type]
}

const whole = ['value', 'active_from']

const fields: Readonly<Record<AttributeType, readonly string[]>> = {
  text: whole,
  number: whole,
  checkbox: whole,
  date: whole,
  timestamp: whole,
  rating: whole,
  currency: ['currency_value', 'currency_code', 'active_from'],
  select: ['option', 'active_from'],
  status: ['status', 'active_from'],
  'record-reference': ['target_object', 'target_record_id', 'active_from'],
  'actor-reference': ['referenced_actor_type', 'referenced_actor_id', 'active_from'],
  location: [
    'line_1',
    'line_2',
    'line_3',
    'line_4',
    'locality',
    'region',
    'postcode',
    'country_code',
    'active_from',
  ],
  domain: ['domain', 'root_domain', 'active_from'],
  'email-address': [
    'original_email_address',
    'email_address',
    'email_domain',
    'email_root_domain',
    'email_local_specifier',
    'active_from',
  ],
  'phone-number': ['phone_number', 'original_phone_number', 'country_code', 'active_from'],
  interaction: ['interaction_type', 'interacted_at', 'owner_actor', 'active_from'],
  'personal-name': ['first_name', 'last_name', 'full_name', 'active_from'],
}

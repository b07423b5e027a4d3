// Renders a record's values for people.
import { idIn } from '../values/contents.ts'
import { mainField } from '../values/keys.ts'
import { activeValues } from '../values/render.ts'
import type { AttioRecord, Attribute, Value } from '../world/records.ts'
import type { World } from '../world/world.ts'
import { memberName } from './member-name.ts'
import { recordName } from './records.ts'

export type Shown = { readonly title: string; readonly texts: readonly string[] }

/** Returns the attributes that have a current value, in the object's order. */
export function shownValues(world: World, record: AttioRecord): Shown[] {
  return world.attributesOf(record.objectId).flatMap((attribute) => {
    const texts = activeValues(record.values, attribute.id)
      .map(({ content }) => textOf(world, attribute, content))
      .filter((text) => text !== '')
    return texts.length === 0 ? [] : [{ title: attribute.title, texts }]
  })
}

function textOf(world: World, { type }: Attribute, content: Value['content']): string {
  const main = content[mainField[type]]
  switch (type) {
    case 'select':
    case 'status':
      return world.options.get(idIn(content, 'option_id'))?.title ?? ''
    case 'record-reference':
      return recordName(world, idIn(content, 'target_record_id'))
    case 'actor-reference': {
      const member = world.members.get(idIn(content, 'referenced_actor_id'))
      return member ? memberName(member) : ''
    }
    case 'location':
      return Object.values(content)
        .flatMap((part) => (typeof part === 'string' && part !== '' ? [part] : []))
        .join(', ')
    case 'checkbox':
      return main === true ? 'yes' : 'no'
    default:
      return typeof main === 'string' || typeof main === 'number' ? String(main) : ''
  }
}

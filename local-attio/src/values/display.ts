// The display name of a record, and the texts by which the search finds it.
import type { AttioRecord, Attribute } from '../world/records.ts'
import type { World } from '../world/world.ts'
import { idIn } from './contents.ts'
import { mainField } from './keys.ts'
import { activeValues } from './render.ts'

/** Returns the name, or else the first address, domain or text. */
export function recordText(world: World, record: AttioRecord): string {
  const attributes = world.attributesOf(record.objectId)
  const named = attributes.filter((attribute) => attribute.slug === 'name')
  const telling = attributes.filter((attribute) => tellingTypes.has(attribute.type))
  const texts = [...named, ...telling].flatMap((attribute) => textsOf(record, attribute))
  return texts.find((text) => text !== '') ?? ''
}

const tellingTypes = new Set(['personal-name', 'email-address', 'domain', 'text'])

/** Returns every text by which the search finds a record. */
export function searchTexts(world: World, record: AttioRecord): string[] {
  const attributes = world
    .attributesOf(record.objectId)
    .filter((attribute) => searchedTypes.has(attribute.type) || attribute.slug === 'name')
  return attributes.flatMap((attribute) => textsOf(record, attribute))
}

const searchedTypes = new Set(['personal-name', 'email-address', 'domain', 'phone-number'])

export function textsOf(record: AttioRecord, attribute: Attribute): string[] {
  return activeValues(record.values, attribute.id).map((value) =>
    idIn(value.content, mainField[attribute.type]),
  )
}

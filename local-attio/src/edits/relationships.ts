// The two attributes of a relationship mirror each other: writing one writes the other.
import { idIn } from '../values/contents.ts'
import { activeValues } from '../values/render.ts'
import type { AttioRecord, Attribute, Values } from '../world/records.ts'
import type { Author } from './author.ts'
import { announceUpdates } from './record-events.ts'
import { ended, newValue } from './values.ts'

/** Updates the other end of each relationship after a record's values changed from `before`. */
export function syncRelationships(author: Author, before: Values, record: AttioRecord): void {
  for (const attribute of author.world.attributesOf(record.objectId)) {
    const inverse = inverseOf(author, attribute)
    if (!inverse) continue
    const [was, is] = [targets(before, attribute), targets(record.values, attribute)]
    for (const id of was) if (!is.includes(id)) unlink(author, id, inverse, record.id)
    for (const id of is) if (!was.includes(id)) link(author, id, inverse, record)
  }
}

function inverseOf({ world }: Author, attribute: Attribute): Attribute | undefined {
  const { relatedAttributeId } = attribute
  return relatedAttributeId === null ? undefined : world.attributes.get(relatedAttributeId)
}

function targets(values: Values, attribute: Attribute): string[] {
  return activeValues(values, attribute.id).map((value) => idIn(value.content, 'target_record_id'))
}

/** Ends the reference from one record to another, if it exists. */
export function unlink(author: Author, fromId: string, attribute: Attribute, toId: string): void {
  const from = author.world.records.get(fromId)
  if (!from || !targets(from.values, attribute).includes(toId)) return
  const values = (from.values[attribute.id] ?? []).map((value) => {
    const isMeant = value.activeUntil === null && idIn(value.content, 'target_record_id') === toId
    return isMeant ? ended(author, value) : value
  })
  store(author, from, attribute, values)
}

function link(author: Author, fromId: string, attribute: Attribute, to: AttioRecord): void {
  const from = author.world.records.get(fromId)
  if (!from || targets(from.values, attribute).includes(to.id)) return
  const content = { target_object_id: to.objectId, target_record_id: to.id }
  const existing = from.values[attribute.id] ?? []
  if (attribute.isMultiselect) {
    store(author, from, attribute, [newValue(author, content), ...existing])
    return
  }
  // A single reference moves: the record that it named before loses it.
  const inverse = inverseOf(author, attribute)
  for (const id of targets(from.values, attribute)) {
    if (inverse) unlink(author, id, inverse, from.id)
  }
  const past = existing.map((value) => (value.activeUntil === null ? ended(author, value) : value))
  store(author, from, attribute, [...past, newValue(author, content)])
}

function store(
  author: Author,
  record: AttioRecord,
  attribute: Attribute,
  values: AttioRecord['values'][string],
): void {
  const changed = { ...record, values: { ...record.values, [attribute.id]: values } }
  author.world.records.put(changed)
  announceUpdates(author, changed, [attribute.id])
}

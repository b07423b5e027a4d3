// Merges two records into a new one, and moves all references to it.
import { idIn } from '../values/contents.ts'
import { keyOf } from '../values/keys.ts'
import { activeValues } from '../values/render.ts'
import type { LinkedRecord } from '../world/entities.ts'
import type { AttioRecord, Attribute, Value, Values } from '../world/records.ts'
import type { Author } from './author.ts'

/** Returns the new record. Both originals are deleted. */
export function mergeRecords(
  author: Author,
  primary: AttioRecord,
  secondary: AttioRecord,
): AttioRecord {
  const { world, ids, now, actor } = author
  return world.transact(() => {
    const merged: AttioRecord = {
      ...primary,
      id: ids.uuid(),
      createdByActor: actor,
      createdAt: now,
      values: mergedValues(world.attributesOf(primary.objectId), primary, secondary),
    }
    world.records.remove(primary.id)
    world.records.remove(secondary.id)
    world.records.put(merged)
    const move: Move = { from: new Set([primary.id, secondary.id]), to: merged.id }
    moveReferences(author, merged.workspaceId, move)
    moveLinks(author, move)
    moveContents(author, merged.workspaceId, move)
    for (const original of [primary, secondary]) announceMerge(author, merged, original)
    return world.records.get(merged.id) ?? merged
  })
}

type Move = { readonly from: ReadonlySet<string>; readonly to: string }

/** Merges the values: the primary record's have precedence; a multiselect attribute keeps both (assumed). */
function mergedValues(
  attributes: readonly Attribute[],
  primary: AttioRecord,
  secondary: AttioRecord,
): Values {
  const values: Values = {}
  for (const attribute of attributes) {
    const [own, other] = [primary, secondary].map((one) => one.values[attribute.id] ?? [])
    if (!own || !other) continue
    const hasOwn = activeValues(primary.values, attribute.id).length > 0
    if (attribute.isMultiselect) values[attribute.id] = distinct(attribute, [...own, ...other])
    else if (hasOwn || other.length === 0) values[attribute.id] = own
    else values[attribute.id] = [...own, ...other]
  }
  return values
}

/** Keeps every past value, and one active value per key. */
function distinct({ type }: Attribute, values: readonly Value[]): Value[] {
  const seen = new Set<string>()
  return values.filter((value) => {
    if (value.activeUntil !== null) return true
    const key = keyOf(type, value.content)
    return seen.has(key) ? false : seen.add(key)
  })
}

function moveReferences({ world }: Author, workspaceId: string, move: Move): void {
  for (const object of world.objectsOf(workspaceId)) {
    const references = world
      .attributesOf(object.id)
      .filter((attribute) => attribute.type === 'record-reference')
    for (const record of world.recordsOf(object.id)) {
      const moved = movedValues(references, record.values, move)
      if (moved) world.records.put({ ...record, values: moved })
    }
  }
  for (const list of world.listsOf(workspaceId)) {
    const references = world
      .attributesOf(list.id)
      .filter((attribute) => attribute.type === 'record-reference')
    for (const entry of world.entriesOf(list.id)) {
      const isParent = move.from.has(entry.parentRecordId)
      const values = movedValues(references, entry.values, move)
      if (!isParent && !values) continue
      const parentRecordId = isParent ? move.to : entry.parentRecordId
      world.entries.put({ ...entry, parentRecordId, values: values ?? entry.values })
    }
  }
}

/** Returns the values with the originals replaced by the new record; undefined when nothing changed. */
function movedValues(
  references: readonly Attribute[],
  values: Values,
  { from, to }: Move,
): Values | undefined {
  const isMoved = ({ content }: Value): boolean => from.has(idIn(content, 'target_record_id'))
  const affected = references.filter(({ id }) => (values[id] ?? []).some(isMoved))
  if (affected.length === 0) return undefined
  const moved = { ...values }
  for (const attribute of affected) {
    const all = (values[attribute.id] ?? []).map((value) =>
      isMoved(value) ? { ...value, content: { ...value.content, target_record_id: to } } : value,
    )
    moved[attribute.id] = distinct(attribute, all)
  }
  return moved
}

function moveLinks({ world }: Author, move: Move): void {
  for (const task of world.tasks.all()) {
    const linkedRecords = movedLinks(task.linkedRecords, move)
    if (linkedRecords) world.tasks.put({ ...task, linkedRecords })
  }
  for (const meeting of world.meetings.all()) {
    const linkedRecords = movedLinks(meeting.linkedRecords, move)
    if (linkedRecords) world.meetings.put({ ...meeting, linkedRecords })
  }
}

function movedLinks(
  links: readonly LinkedRecord[],
  { from, to }: Move,
): LinkedRecord[] | undefined {
  if (!links.some((link) => from.has(link.recordId))) return undefined
  const moved = links.map((link) => (from.has(link.recordId) ? { ...link, recordId: to } : link))
  return Array.from(new Map(moved.map((link) => [link.recordId, link])).values())
}

function moveContents({ world }: Author, workspaceId: string, { from, to }: Move): void {
  for (const note of world.notesOf(workspaceId)) {
    if (from.has(note.parentRecordId)) world.notes.put({ ...note, parentRecordId: to })
  }
  for (const comment of world.commentsOf(workspaceId)) {
    if (from.has(comment.recordId)) world.comments.put({ ...comment, recordId: to })
  }
}

function announceMerge(
  { world, actor }: Author,
  { workspaceId, objectId, id }: AttioRecord,
  original: AttioRecord,
): void {
  world.emit({
    event_type: 'record.merged',
    id: { workspace_id: workspaceId, object_id: objectId, record_id: id },
    duplicate_object_id: original.objectId,
    duplicate_record_id: original.id,
    actor,
  })
}

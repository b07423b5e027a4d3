// Edits of records. Deleting one deletes everything attached to it.
import type { Contents } from '../values/read.ts'
import type { AttioObject, AttioRecord } from '../world/records.ts'
import type { Author } from './author.ts'
import { withDefaults } from './defaults.ts'
import { deleteEntry } from './entries.ts'
import { announceRecord, announceUpdates } from './record-events.ts'
import { syncRelationships, unlink } from './relationships.ts'
import {
  changedAttributes,
  requireUnique,
  requireValues,
  writeValues,
  type WriteMode,
} from './values.ts'

export function createRecord(author: Author, object: AttioObject, contents: Contents): AttioRecord {
  const { world, ids, now, workspaceId, actor } = author
  return world.transact(() => {
    const attributes = world.attributesOf(object.id)
    const all = withDefaults(author, attributes, contents)
    const values = writeValues(author, {}, all, 'overwrite')
    requireValues(attributes, values)
    requireUnique(author, all, '')
    const record = world.records.put({
      id: ids.uuid(),
      workspaceId,
      objectId: object.id,
      createdByActor: actor,
      createdAt: now,
      values,
    })
    announceRecord(author, 'record.created', record)
    syncRelationships(author, {}, record)
    return current(author, record)
  })
}

export function updateRecord(
  author: Author,
  record: AttioRecord,
  contents: Contents,
  mode: WriteMode,
): AttioRecord {
  const { world } = author
  return world.transact(() => {
    const values = writeValues(author, record.values, contents, mode)
    requireValues(world.attributesOf(record.objectId), values)
    requireUnique(author, contents, record.id)
    const updated = world.records.put({ ...record, values })
    announceUpdates(author, updated, changedAttributes(record.values, values))
    syncRelationships(author, record.values, updated)
    return current(author, updated)
  })
}

/** Deletes a record. assumed: tasks lose their link, references end; entries, notes and comments are deleted. */
export function deleteRecord(author: Author, record: AttioRecord): void {
  const { world } = author
  world.transact(() => {
    for (const task of world.tasks.all()) {
      const linkedRecords = task.linkedRecords.filter((link) => link.recordId !== record.id)
      if (linkedRecords.length < task.linkedRecords.length) {
        world.tasks.put({ ...task, linkedRecords })
      }
    }
    for (const list of world.listsOf(record.workspaceId)) {
      for (const entry of world.entriesOf(list.id)) {
        if (entry.parentRecordId === record.id) deleteEntry(author, entry)
      }
    }
    for (const note of world.notesOf(record.workspaceId)) {
      if (note.parentRecordId === record.id) world.notes.remove(note.id)
    }
    for (const comment of world.commentsOf(record.workspaceId)) {
      if (comment.recordId === record.id) world.comments.remove(comment.id)
    }
    unlinkEverywhere(author, record)
    world.records.remove(record.id)
    announceRecord(author, 'record.deleted', record)
  })
}

function unlinkEverywhere(author: Author, record: AttioRecord): void {
  const { world } = author
  for (const object of world.objectsOf(record.workspaceId)) {
    const references = world
      .attributesOf(object.id)
      .filter((attribute) => attribute.type === 'record-reference')
    if (references.length === 0) continue
    for (const other of world.recordsOf(object.id)) {
      for (const attribute of references) unlink(author, other.id, attribute, record.id)
    }
  }
}

/** Returns the stored record, which a relationship may have changed again. */
function current({ world }: Author, record: AttioRecord): AttioRecord {
  return world.records.get(record.id) ?? record
}

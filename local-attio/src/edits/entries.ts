// Edits of list entries.
import type { Contents } from '../values/read.ts'
import type { Entry, List } from '../world/records.ts'
import type { EventType } from '../world/events.ts'
import type { Author } from './author.ts'
import { withDefaults } from './defaults.ts'
import { changedAttributes, requireValues, writeValues, type WriteMode } from './values.ts'

export function createEntry(
  author: Author,
  list: List,
  parentRecordId: string,
  contents: Contents,
): Entry {
  const { world, ids, now, workspaceId, actor } = author
  return world.transact(() => {
    const attributes = world.attributesOf(list.id)
    const values = writeValues(author, {}, withDefaults(author, attributes, contents), 'overwrite')
    requireValues(attributes, values)
    const entry = world.entries.put({
      id: ids.uuid(),
      workspaceId,
      listId: list.id,
      parentRecordId,
      createdByActor: actor,
      createdAt: now,
      values,
    })
    announce(author, 'list-entry.created', entry)
    return entry
  })
}

export function updateEntry(
  author: Author,
  entry: Entry,
  contents: Contents,
  mode: WriteMode,
): Entry {
  const { world } = author
  return world.transact(() => {
    const values = writeValues(author, entry.values, contents, mode)
    requireValues(world.attributesOf(entry.listId), values)
    const updated = world.entries.put({ ...entry, values })
    for (const attributeId of changedAttributes(entry.values, values)) {
      announce(author, 'list-entry.updated', updated, { attribute_id: attributeId })
    }
    return updated
  })
}

export function deleteEntry(author: Author, entry: Entry): void {
  const { world } = author
  world.transact(() => {
    for (const comment of world.commentsOf(entry.workspaceId)) {
      if (comment.entryId === entry.id) world.comments.remove(comment.id)
    }
    world.entries.remove(entry.id)
    announce(author, 'list-entry.deleted', entry)
  })
}

function announce(
  { world, actor }: Author,
  type: EventType,
  entry: Entry,
  more: Readonly<Record<string, string>> = {},
): void {
  world.emit({
    event_type: type,
    id: { workspace_id: entry.workspaceId, list_id: entry.listId, entry_id: entry.id, ...more },
    parent_object_id: world.lists.get(entry.listId)?.parentObjectId ?? '',
    parent_record_id: entry.parentRecordId,
    actor,
  })
}

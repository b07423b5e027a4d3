// Edits of objects and lists. New ones get the attributes that Attio maintains.
import type { Actor } from '../world/entities.ts'
import type { AttioObject, Attribute, AttributeType, List } from '../world/records.ts'
import type { Author } from './author.ts'

export function createObject(
  author: Author,
  fresh: Pick<AttioObject, 'slug' | 'singularNoun' | 'pluralNoun'>,
): AttioObject {
  const { world, ids, now, workspaceId } = author
  return world.transact(() => {
    const object = world.objects.put({ id: ids.uuid(), workspaceId, ...fresh, createdAt: now })
    addKeptAttributes(author, { id: object.id, kind: 'objects' }, recordAttributes)
    return object
  })
}

export function createList(
  author: Author,
  fresh: Omit<List, 'id' | 'workspaceId' | 'createdByActor' | 'createdAt'>,
): List {
  const { world, ids, now, workspaceId, actor } = author
  return world.transact(() => {
    const list = world.lists.put({
      id: ids.uuid(),
      workspaceId,
      ...fresh,
      createdByActor: actor,
      createdAt: now,
    })
    addKeptAttributes(author, { id: list.id, kind: 'lists' }, entryAttributes)
    announceList(author, 'list.created', list)
    return list
  })
}

export function updateList(author: Author, list: List): List {
  return author.world.transact(() => {
    announceList(author, 'list.updated', list)
    return author.world.lists.put(list)
  })
}

function announceList(
  { world, actor }: { world: Author['world']; actor: Actor },
  type: 'list.created' | 'list.updated',
  list: List,
): void {
  world.emit({ event_type: type, id: { workspace_id: list.workspaceId, list_id: list.id }, actor })
}

type Kept = readonly [slug: string, title: string, type: AttributeType]

const always: readonly Kept[] = [
  ['created_at', 'Created at', 'timestamp'],
  ['created_by', 'Created by', 'actor-reference'],
]
const recordAttributes: readonly Kept[] = [['record_id', 'Record ID', 'text'], ...always]
const entryAttributes: readonly Kept[] = [
  ['entry_id', 'Entry ID', 'text'],
  ['parent_record', 'Parent record', 'record-reference'],
  ...always,
]

function addKeptAttributes(
  { world, ids, now, workspaceId }: Author,
  parent: { readonly id: string; readonly kind: 'objects' | 'lists' },
  kept: readonly Kept[],
): void {
  for (const [slug, title, type] of kept) {
    const attribute: Attribute = {
      id: ids.uuid(),
      workspaceId,
      parentId: parent.id,
      parentKind: parent.kind,
      slug,
      title,
      description: null,
      type,
      isSystem: true,
      isWritable: false,
      isRequired: false,
      isUnique: slug === 'record_id' || slug === 'entry_id',
      isMultiselect: false,
      isArchived: false,
      defaultValue: null,
      relatedAttributeId: null,
      currency: null,
      allowedObjectIds: null,
      createdAt: now,
    }
    world.attributes.put(attribute)
  }
}

// Entries of a list: query, add, assert, get, update, overwrite, delete, values of an attribute.
import { z } from 'zod'
import { createEntry, deleteEntry, updateEntry } from '../../edits/entries.ts'
import { replaceEntryHistory } from '../../edits/history.ts'
import type { WriteMode } from '../../edits/values.ts'
import { readContents, valuesInput, type Contents } from '../../values/read.ts'
import { renderValues } from '../../values/render.ts'
import { allValues } from '../../values/system-values.ts'
import { timestamp } from '../../timestamps.ts'
import type { Entry, List } from '../../world/records.ts'
import { findList, findObject } from '../../world/find.ts'
import type { World } from '../../world/world.ts'
import { listValues } from '../attributes/list-values.ts'
import { readHistory, renderHistory } from '../attributes/write-values.ts'
import type { Call, Handler } from '../requests/call.ts'
import { notFound, refuse } from '../requests/errors.ts'
import { select } from '../query/query-body.ts'
import { readBody, readUuid } from '../requests/validation.ts'
import { listOfPath } from './lists.ts'

const newEntry = z.object({
  data: z.object({
    parent_record_id: z.guid('Invalid uuid'),
    parent_object: z.string(),
    entry_values: valuesInput,
  }),
})
const entryChanges = z.object({
  data: z.strictObject({ entry_values: valuesInput }),
})

export const queryEntries: Handler = (call) => {
  const list = listOfPath(call)
  const entries = select(call, list.id, call.world.entriesOf(list.id))
  return { data: entries.map((entry) => renderEntry(call.world, entry)) }
}

export const getEntry: Handler = (call) => ({ data: renderEntry(call.world, entryOfPath(call)) })

export const postEntry: Handler = (call) => {
  const list = findList(call.world, call.workspaceId, call.params['list'] ?? '')
  if (!list) throw notFound(`Could not find list with slug/ID "${call.params['list']}".`)
  const { data } = readBody(call, newEntry)
  const contents = contentsOf(call, list, data.entry_values)
  const entry = createEntry(call, list, parentOf(call, list, data), contents)
  return { data: renderEntry(call.world, entry) }
}

/** Updates a record's entry, or creates one. */
export const assertEntry: Handler = (call) => {
  const list = listOfPath(call)
  const { data } = readBody(call, newEntry)
  const parentRecordId = parentOf(call, list, data)
  const contents = contentsOf(call, list, data.entry_values)
  const [entry, another] = call.world
    .entriesOf(list.id)
    .filter((one) => one.parentRecordId === parentRecordId)
  if (another) {
    throw refuse(
      'multiple_match_results',
      'Multiple entries were founds for the given parent record. Please remove duplicates or use the update or create entry endpoints instead.',
    )
  }
  const written = entry
    ? updateEntry(call, entry, contents, 'overwrite')
    : createEntry(call, list, parentRecordId, contents)
  return { data: renderEntry(call.world, written) }
}

export const patchEntry: Handler = (call) => write(call, 'append')

export const putEntry: Handler = (call) => write(call, 'overwrite')

export const removeEntry: Handler = (call) => {
  deleteEntry(call, entryOfPath(call))
  return {}
}

export const listEntryValues: Handler = (call) => listValues(call, entryOfPath(call))

export const putEntryValues: Handler = (call) => {
  const entry = entryOfPath(call)
  const { attribute, values } = readHistory(call, entry)
  replaceEntryHistory(call.world, entry, attribute, values)
  return renderHistory(call, attribute, values)
}

function write(call: Call, mode: WriteMode): object {
  const entry = entryOfPath(call)
  requireSameParent(call)
  const { data } = readBody(call, entryChanges)
  const contents = contentsOf(call, listOfPath(call), data.entry_values)
  return { data: renderEntry(call.world, updateEntry(call, entry, contents, mode)) }
}

const withParent = z.object({ data: z.object({ parent_record_id: z.unknown() }) })

function requireSameParent(call: Call): void {
  const parsed = withParent.safeParse(call.body)
  if (parsed.data?.data.parent_record_id === undefined) return
  throw refuse(
    'immutable_value',
    'The parent record for a list entry cannot be updated once created.',
  )
}

function contentsOf(call: Call, list: List, input: z.infer<typeof valuesInput>): Contents {
  return readContents(call, list.id, input)
}

function parentOf(call: Call, list: List, data: z.infer<typeof newEntry>['data']): string {
  const object = findObject(call.world, call.workspaceId, data.parent_object)
  const record = call.world.records.get(data.parent_record_id.toLowerCase())
  if (object && object.id !== list.parentObjectId) {
    throw refuse('validation_type', `This list does not take "${object.slug}".`) // assumed
  }
  if (object && record?.objectId === object.id) return record.id
  throw refuse(
    'value_not_found',
    `Parent record with slug/ID "${data.parent_record_id}" not found.`,
  )
}

export function entryOfPath(call: Call): Entry {
  const list = listOfPath(call)
  const id = readUuid(call, 'entry_id')
  const entry = call.world.entries.get(id)
  if (entry?.listId !== list.id) throw notFound(`List entry with ID "${id}" not found.`) // assumed
  return entry
}

function renderEntry(world: World, entry: Entry) {
  const attributes = world
    .attributesOf(entry.listId)
    .filter((attribute) => attribute.slug !== 'parent_record')
  const parentObjectId = world.lists.get(entry.listId)?.parentObjectId ?? ''
  return {
    id: { workspace_id: entry.workspaceId, list_id: entry.listId, entry_id: entry.id },
    parent_record_id: entry.parentRecordId,
    parent_object: world.objects.get(parentObjectId)?.slug ?? parentObjectId,
    created_at: timestamp(entry.createdAt),
    entry_values: renderValues(world, attributes, allValues(world, attributes, entry)),
  }
}

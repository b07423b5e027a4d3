// Which function serves which operation. The compiler sees to it that none is forgotten.
import {
  getAttribute,
  listAttributes,
  patchAttribute,
  postAttribute,
} from '../attributes/attributes.ts'
import {
  listOptions,
  listStatuses,
  patchOption,
  patchStatus,
  postOption,
  postStatus,
} from '../attributes/options.ts'
import type { Handler } from '../requests/call.ts'
import { getComment, postComment, removeComment } from '../comments/comments.ts'
import { getThread, listThreads } from '../comments/threads.ts'
import {
  assertEntry,
  getEntry,
  listEntryValues,
  patchEntry,
  postEntry,
  putEntry,
  queryEntries,
  removeEntry,
} from '../lists/entries.ts'
import { getList, listLists, patchList, postList } from '../lists/lists.ts'
import { getNote, listNotes, postNote, removeNote } from '../notes/notes.ts'
import { getObject, listObjects, patchObject, postObject } from '../objects/objects.ts'
import type { OperationName } from './operations.ts'
import { listRecordEntries, listRecordValues } from '../records/more.ts'
import {
  assertRecord,
  getRecord,
  patchRecord,
  postRecord,
  putRecord,
  queryRecords,
  removeRecord,
} from '../records/records.ts'
import { searchRecords } from '../records/search.ts'
import { listTasks } from '../tasks/list-tasks.ts'
import { getTask, patchTask, postTask, removeTask } from '../tasks/tasks.ts'
import {
  getWebhook,
  listWebhooks,
  patchWebhook,
  postWebhook,
  removeWebhook,
} from '../webhooks/webhooks.ts'
import { getWorkspaceMember, listWorkspaceMembers } from '../members/workspace-members.ts'

/** Identify is missing because it alone needs no token that works: see self.ts. */
export type Served = Exclude<OperationName, 'self.identify'>

export const handlers: Readonly<Record<Served, Handler>> = {
  'tasks.list': listTasks,
  'tasks.create': postTask,
  'tasks.get': getTask,
  'tasks.update': patchTask,
  'tasks.delete': removeTask,
  'workspace-members.list': listWorkspaceMembers,
  'workspace-members.get': getWorkspaceMember,
  'objects.list': listObjects,
  'objects.create': postObject,
  'objects.get': getObject,
  'objects.update': patchObject,
  'attributes.list': listAttributes,
  'attributes.create': postAttribute,
  'attributes.get': getAttribute,
  'attributes.update': patchAttribute,
  'options.list': listOptions,
  'options.create': postOption,
  'options.update': patchOption,
  'statuses.list': listStatuses,
  'statuses.create': postStatus,
  'statuses.update': patchStatus,
  'records.query': queryRecords,
  'records.create': postRecord,
  'records.assert': assertRecord,
  'records.get': getRecord,
  'records.update': patchRecord,
  'records.overwrite': putRecord,
  'records.delete': removeRecord,
  'records.values': listRecordValues,
  'records.entries': listRecordEntries,
  'records.search': searchRecords,
  'lists.list': listLists,
  'lists.create': postList,
  'lists.get': getList,
  'lists.update': patchList,
  'entries.query': queryEntries,
  'entries.create': postEntry,
  'entries.assert': assertEntry,
  'entries.get': getEntry,
  'entries.update': patchEntry,
  'entries.overwrite': putEntry,
  'entries.delete': removeEntry,
  'entries.values': listEntryValues,
  'notes.list': listNotes,
  'notes.create': postNote,
  'notes.get': getNote,
  'notes.delete': removeNote,
  'threads.list': listThreads,
  'threads.get': getThread,
  'comments.create': postComment,
  'comments.get': getComment,
  'comments.delete': removeComment,
  'webhooks.list': listWebhooks,
  'webhooks.create': postWebhook,
  'webhooks.get': getWebhook,
  'webhooks.update': patchWebhook,
  'webhooks.delete': removeWebhook,
}

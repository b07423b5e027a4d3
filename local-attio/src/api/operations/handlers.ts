// The handler of each operation. The compiler checks that every operation has one.
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
  putEntryValues,
  queryEntries,
  removeEntry,
} from '../lists/entries.ts'
import { getList, listLists, patchList, postList } from '../lists/lists.ts'
import {
  getCallRecording,
  getTranscript,
  listCallRecordings,
  postCallRecording,
  removeCallRecording,
} from '../meetings/call-recordings.ts'
import { listMeetings } from '../meetings/list-meetings.ts'
import { getMeeting, postMeeting } from '../meetings/meetings.ts'
import { getNote, listNotes, patchNote, postNote, removeNote } from '../notes/notes.ts'
import { getObject, listObjects, patchObject, postObject } from '../objects/objects.ts'
import type { OperationName } from './operations.ts'
import { mergeTwoRecords } from '../records/merge.ts'
import { listRecordEntries, listRecordValues, putRecordValues } from '../records/more.ts'
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
import { listScimSchemas } from '../scim/schemas.ts'
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

/** Identify is left out, because only identify answers dead tokens: see access/self.ts. */
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
  'records.write-values': putRecordValues,
  'records.merge': mergeTwoRecords,
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
  'entries.write-values': putEntryValues,
  'notes.list': listNotes,
  'notes.create': postNote,
  'notes.get': getNote,
  'notes.update': patchNote,
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
  'meetings.list': listMeetings,
  'meetings.create': postMeeting,
  'meetings.get': getMeeting,
  'call-recordings.list': listCallRecordings,
  'call-recordings.create': postCallRecording,
  'call-recordings.get': getCallRecording,
  'call-recordings.delete': removeCallRecording,
  'transcripts.get': getTranscript,
  'scim-schemas.list': listScimSchemas,
}

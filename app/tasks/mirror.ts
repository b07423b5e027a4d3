// The mirror as the rest of Taskr reads it: tasks as people see them, members, and the names of linked records.
import type { Db } from '../database/tables.ts'
import type { ConnectionId, MemberId, TaskId } from '../support/ids.ts'
import {
  findMembers,
  listMembers,
  removeMembers,
  type MirroredMember,
} from './names/member-store.ts'
import {
  addRecords,
  listRecordNames,
  listRecords,
  removeRecords,
  type MirroredRecord,
  type RecordName,
} from './names/record-store.ts'
import { forgetRemoved, forgetRemovedBefore } from './rows/removed-task-store.ts'
import {
  countOpenTasks,
  countTasks,
  listShownTasks,
  listTasksAfter,
  type OpenCounts,
  type TaskFilter,
} from './rows/task-list-store.ts'
import type { ShownTask } from './rows/task-row.ts'
import { findShownTask, removeTasks } from './rows/task-store.ts'

export type { MirroredMember } from './names/member-store.ts'
export type { MirroredRecord } from './names/record-store.ts'
export type { OpenCounts, TaskFilter, WhoseTasks } from './rows/task-list-store.ts'
export type { MirroredLink, MirroredTask, ShownTask } from './rows/task-row.ts'

// Used by syncs, which write tasks and names.
export { replaceMembers } from './names/member-store.ts'
export {
  keepRecords,
  listFreshRecordKeys,
  listRecords,
  recordKey,
  removeRecordsReadBefore,
  saveRecords,
} from './names/record-store.ts'
export { refetchTask, type Refetched } from './refetch-task.ts'
export { mirroredTask } from './rows/mirrored-task.ts'
export { observeMany } from './rows/observe.ts'
export { listLinks } from './rows/task-list-store.ts'
export { findShownTask, listTaskIds } from './rows/task-store.ts'

export interface Mirror {
  readonly listTasks: (
    connectionIds: readonly ConnectionId[],
    query: TaskFilter & { readonly limit: number; readonly offset: number },
  ) => Promise<readonly ShownTask[]>
  /** Returns the next tasks of a connection in the order of their IDs, for exports. */
  readonly listTasksAfter: (
    connectionId: ConnectionId,
    after: ShownTask | undefined,
    limit: number,
  ) => Promise<readonly ShownTask[]>
  /** Returns the task as a person sees it; undefined when it is gone or its deletion is pending. */
  readonly findTask: (connectionId: ConnectionId, taskId: TaskId) => Promise<ShownTask | undefined>
  readonly countTasks: (
    connectionIds: readonly ConnectionId[],
    filter: TaskFilter,
  ) => Promise<number>
  readonly countOpenTasks: (
    connectionIds: readonly ConnectionId[],
    query: Parameters<typeof countOpenTasks>[2],
  ) => Promise<readonly OpenCounts[]>
  readonly listMembers: (
    connectionIds: readonly ConnectionId[],
  ) => Promise<readonly MirroredMember[]>
  /** Returns the connection's members with these IDs. */
  readonly findMembers: (
    connectionId: ConnectionId,
    memberIds: readonly MemberId[],
  ) => Promise<readonly MirroredMember[]>
  readonly listRecords: (
    connectionId: ConnectionId,
    recordIds: readonly string[],
  ) => Promise<readonly MirroredRecord[]>
  /** Returns the names of records that tasks are linked to, the latest first. */
  readonly listRecordNames: (connectionId: ConnectionId) => Promise<readonly RecordName[]>
  /** Adds names of records found by a search; known names stay. */
  readonly rememberRecords: (records: readonly MirroredRecord[]) => Promise<void>
  /** Forgets removed tasks after a day; run once an hour. */
  readonly forgetRemoved: (before: number) => Promise<void>
}

export function createMirror(db: Db): Mirror {
  return {
    listTasks: (connectionIds, query) => listShownTasks(db, connectionIds, query),
    listTasksAfter: (connectionId, after, limit) => listTasksAfter(db, connectionId, after, limit),
    findTask: (connectionId, taskId) => findShownTask(db, connectionId, taskId),
    countTasks: (connectionIds, filter) => countTasks(db, connectionIds, filter),
    countOpenTasks: (connectionIds, query) => countOpenTasks(db, connectionIds, query),
    listMembers: (connectionIds) => listMembers(db, connectionIds),
    findMembers: (connectionId, memberIds) => findMembers(db, connectionId, memberIds),
    listRecordNames: (connectionId) => listRecordNames(db, connectionId),
    listRecords: (connectionId, recordIds) => listRecords(db, connectionId, recordIds),
    rememberRecords: (records) => addRecords(db, records),
    forgetRemoved: (before) => forgetRemovedBefore(db, before),
  }
}

/** Removes a connection's copy, as part of the transaction that ends the connection. */
export async function removeMirror(db: Db, connectionId: ConnectionId): Promise<void> {
  await removeTasks(db, connectionId)
  await removeMembers(db, connectionId)
  await removeRecords(db, connectionId)
  await forgetRemoved(db, connectionId)
}

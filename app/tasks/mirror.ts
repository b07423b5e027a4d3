// The mirror as the rest of Taskr reads it: tasks as people see them, members, and the names of linked records.
import type { SeatMember } from '../connections/connections.ts'
import type { Db } from '../database/tables.ts'
import type { ConnectionId, MemberId, TaskId } from '../support/ids.ts'
import { purgeDeletedWords } from '../database/open-database.ts'
import {
  findMembers,
  listFirstMembers,
  listMembers,
  pageOfMembers,
  removeMembers,
  searchMembers,
  type MirroredMember,
} from './names/member-store.ts'
import {
  addRecords,
  listLatestRecords,
  listRecords,
  removeRecords,
  searchRecords,
  type MirroredRecord,
  type RecordName,
} from './names/record-store.ts'
import { forgetRemoved, forgetRemovedBefore } from './rows/removed-task-store.ts'
import {
  countByAssignees,
  countGroups,
  countTasks,
  type GroupCounts,
} from './rows/task-count-store.ts'
import {
  listLinkedIds,
  listShownTasks,
  listTaskPages,
  listTasksAfter,
  type RequestedTasks,
} from './rows/task-list-store.ts'
import type { TaskFilter } from './rows/visible-task-store.ts'
import type { ShownTask } from './rows/task-row.ts'
import { listTasksByKey, searchTaskKeys, type FoundTaskKey } from './searching/task-search-store.ts'
import { findShownTask, removeTasks } from './rows/task-store.ts'
import { fillWords } from './searching/fill-words.ts'
import { findNamed } from './searching/named-store.ts'
import type { TaskScope } from './task-scope.ts'

export type { MirroredMember } from './names/member-store.ts'
export type { MirroredRecord, RecordName } from './names/record-store.ts'
export type { AssigneeCounts, GroupCounts } from './rows/task-count-store.ts'
export type { DayStart, TaskFilter, WhoseTasks } from './rows/visible-task-store.ts'
export type { RequestedTasks } from './rows/task-list-store.ts'
export type { Deadline, MirroredLink, MirroredTask, ShownTask } from './rows/task-row.ts'
export { wholeConnection, type TaskScope } from './task-scope.ts'
export { hasTypedWords } from './searching/words.ts'
export type { FoundTaskKey } from './searching/task-search-store.ts'

// Used by syncs, which write tasks and names.
export {
  findMembers,
  listMembers,
  lockActiveMember,
  readStoredMembers,
  replaceMembers,
} from './names/member-store.ts'
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
export { findShownTask } from './rows/task-store.ts'
export { listTaskIds } from './rows/synced-task-store.ts'

export interface Mirror {
  readonly listTasks: (
    scopes: readonly TaskScope[],
    page: RequestedTasks,
  ) => Promise<readonly ShownTask[]>
  /** Lists one page of each list, all in one statement. */
  readonly listTaskPages: (
    scopes: readonly TaskScope[],
    pages: readonly RequestedTasks[],
  ) => Promise<readonly (readonly ShownTask[])[]>
  /** Returns the next tasks within a scope in the order of their IDs, for exports. */
  readonly listTasksAfter: (
    scope: TaskScope,
    after: ShownTask | undefined,
    limit: number,
  ) => Promise<readonly ShownTask[]>
  /** Returns the task as a person sees it; undefined when it is gone or its deletion is pending. */
  readonly findTask: (scope: TaskScope, taskId: TaskId) => Promise<ShownTask | undefined>
  readonly countTasks: (scopes: readonly TaskScope[], filter: TaskFilter) => Promise<number>
  readonly countGroups: (
    scopes: readonly TaskScope[],
    query: Parameters<typeof countGroups>[2],
  ) => Promise<readonly GroupCounts[]>
  readonly countByAssignees: (
    scopes: readonly TaskScope[],
    day: Parameters<typeof countByAssignees>[2],
  ) => ReturnType<typeof countByAssignees>
  readonly listMembers: (
    connectionIds: readonly ConnectionId[],
  ) => Promise<readonly MirroredMember[]>
  /** Returns the first active members by name. */
  readonly listFirstMembers: (
    connectionId: ConnectionId,
    limit: number,
  ) => Promise<readonly MirroredMember[]>
  /** Returns a page of the connection's members by name, and how many there are in all. */
  readonly pageOfMembers: (
    connectionId: ConnectionId,
    page: Parameters<typeof pageOfMembers>[2],
  ) => ReturnType<typeof pageOfMembers>
  /** Returns the members with these IDs. */
  readonly findMembers: (
    byConnection: ReadonlyMap<ConnectionId, readonly MemberId[]>,
  ) => Promise<readonly MirroredMember[]>
  readonly listRecords: (
    byConnection: ReadonlyMap<ConnectionId, readonly string[]>,
  ) => Promise<readonly MirroredRecord[]>
  /** Returns the records with a name that were read last; for a person who sees only their own tasks, those of these. */
  readonly listLatestRecords: (scope: TaskScope, limit: number) => Promise<readonly RecordName[]>
  /** Returns the IDs of the records that tasks within the scope are linked to. */
  readonly listLinkedIds: (scope: TaskScope) => Promise<ReadonlySet<string>>
  /** Returns the keys of the open or of the completed tasks that have a word of every clause. */
  readonly searchTasks: (
    scopes: readonly TaskScope[],
    search: Parameters<typeof searchTaskKeys>[2],
  ) => Promise<readonly FoundTaskKey[]>
  /** Returns for each list the tasks with these keys, in the same order. */
  readonly listTasksByKey: (
    scopes: readonly TaskScope[],
    lists: readonly (readonly Pick<FoundTaskKey, 'connectionId' | 'taskId'>[])[],
  ) => Promise<readonly (readonly ShownTask[])[]>
  /** Returns for each clause the records and members whose names have one of its words. */
  readonly findNamed: (
    clauses: Parameters<typeof findNamed>[1],
    limit: number,
  ) => ReturnType<typeof findNamed>
  readonly searchRecords: (
    connectionIds: readonly ConnectionId[],
    search: Parameters<typeof searchRecords>[2],
  ) => ReturnType<typeof searchRecords>
  readonly searchMembers: (
    connectionIds: readonly ConnectionId[],
    search: Parameters<typeof searchMembers>[2],
  ) => ReturnType<typeof searchMembers>
  /** Completes the search index with rows that an older Taskr wrote. */
  readonly fillWords: (signal: AbortSignal) => Promise<unknown>
  /** Adds names of records found by a search; known names stay. */
  readonly rememberRecords: (records: readonly MirroredRecord[]) => Promise<void>
  /** Forgets removed tasks after a day, and their words; run once an hour. */
  readonly forgetRemoved: (before: number) => Promise<void>
}

export function createMirror(db: Db): Mirror {
  return {
    listTasks: (scopes, page) => listShownTasks(db, scopes, page),
    listTaskPages: (scopes, pages) => listTaskPages(db, scopes, pages),
    listTasksAfter: (scope, after, limit) => listTasksAfter(db, scope, after, limit),
    findTask: (scope, taskId) => findShownTask(db, scope, taskId),
    countTasks: (scopes, filter) => countTasks(db, scopes, filter),
    countGroups: (scopes, query) => countGroups(db, scopes, query),
    countByAssignees: (scopes, day) => countByAssignees(db, scopes, day),
    listMembers: (connectionIds) => listMembers(db, connectionIds),
    listFirstMembers: (connectionId, limit) => listFirstMembers(db, connectionId, limit),
    pageOfMembers: (connectionId, page) => pageOfMembers(db, connectionId, page),
    findMembers: (byConnection) => findMembers(db, byConnection),
    listLatestRecords: async (scope, limit) => {
      const among = scope.sees === 'own' ? await listLinkedIds(db, scope) : undefined
      return await listLatestRecords(db, scope.connectionId, { limit, among })
    },
    listLinkedIds: (scope) => listLinkedIds(db, scope),
    listRecords: (byConnection) => listRecords(db, byConnection),
    rememberRecords: (records) => addRecords(db, records),
    searchTasks: (scopes, search) => searchTaskKeys(db, scopes, search),
    listTasksByKey: (scopes, lists) => listTasksByKey(db, scopes, lists),
    findNamed: (clauses, limit) => findNamed(db, clauses, limit),
    searchRecords: (connectionIds, search) => searchRecords(db, connectionIds, search),
    searchMembers: (connectionIds, search) => searchMembers(db, connectionIds, search),
    fillWords: (signal) => fillWords(db, signal),
    forgetRemoved: async (before) => {
      await forgetRemovedBefore(db, before)
      await purgeDeletedWords(db)
    },
  }
}

/** Returns a workspace member as seats need them. */
export async function findSeatMember(
  mirror: Pick<Mirror, 'findMembers'>,
  connectionId: ConnectionId,
  memberId: MemberId,
): Promise<SeatMember | undefined> {
  const [member] = await mirror.findMembers(new Map([[connectionId, [memberId]]]))
  return (
    member && {
      memberId,
      name: `${member.firstName} ${member.lastName}`.trim() || member.emailAddress,
      emailAddress: member.emailAddress,
      isSuspended: member.accessLevel === 'suspended',
    }
  )
}

/** Removes a connection's copy, as part of the transaction that ends the connection. */
export async function removeMirror(db: Db, connectionId: ConnectionId): Promise<void> {
  await removeTasks(db, connectionId)
  await removeMembers(db, connectionId)
  await removeRecords(db, connectionId)
  await forgetRemoved(db, connectionId)
}

// What the web may ask about tasks.
import type { Connection } from '../connections/connections.ts'
import type { AccountId, ConnectionId } from '../support/ids.ts'
import { listAllTasks } from './all-tasks.ts'
import { findRecords, type FindRecordsParts, type RecordsFound } from './find-records.ts'
import { findTask, type FoundTask, type TaskNames } from './find-task.ts'
import { listAssignable, type ListedMember } from './list-assignable.ts'
import type { ListedTask } from './listed-task.ts'
import { countOwnOpenTasks, type OpenTaskCounts } from './open-counts.ts'
import { understandLine, type UnderstoodLine } from './quick-add/understand-line.ts'
import { suggestRecords, type RecordsSuggested } from './suggest-records.ts'
import {
  listConnectionsWithMirrors,
  listTasks,
  type ListedConnection,
  type Reader,
  type TaskList,
  type TaskListQuery,
  type TaskParts,
} from './task-list.ts'

export {
  chosenOf,
  deadlineOf,
  quickDates,
  quickDateText,
  type ChosenDeadline,
  type QuickDate,
} from './chosen-deadline.ts'
export type { ListedTask } from './listed-task.ts'
export { readDate } from './quick-add/find-date.ts'
export { taskLines } from './quick-add/understand-task.ts'
export type { UnderstoodLine } from './quick-add/understand-line.ts'

export interface Tasks {
  /** `own` when the person's own open tasks were counted already. */
  readonly list: (reader: Reader, query: TaskListQuery, own?: OpenTaskCounts) => Promise<TaskList>
  readonly countOwnOpen: (
    reader: Reader,
    connections: readonly ListedConnection[],
  ) => Promise<OpenTaskCounts>
  /** Every task of every connection, in pieces: for exports. */
  readonly listAll: (accountId: AccountId) => AsyncGenerator<readonly ListedTask[], void>
  readonly listConnections: (accountId: AccountId) => Promise<readonly ListedConnection[]>
  /** Undefined when the account has no such task. */
  readonly find: (names: TaskNames) => Promise<FoundTask | undefined>
  /** Asks Attio, for as long as a person waits. */
  readonly findRecords: (
    owner: { readonly accountId: AccountId; readonly connectionId: ConnectionId },
    query: string,
  ) => Promise<RecordsFound>
  /** Looks in the mirror alone, and waits for nothing. */
  readonly suggestRecords: (
    owner: { readonly accountId: AccountId; readonly connectionId: ConnectionId },
    text: string,
  ) => Promise<RecordsSuggested>
  /** Quick add: what a line of text means in that connection. */
  readonly understand: (
    connection: Pick<Connection, 'connectionId' | 'memberId'>,
    line: string,
    reader: { readonly timeZone: string; readonly kept: readonly string[] },
  ) => Promise<UnderstoodLine>
  /** Undefined when the account has no such connection. */
  readonly listAssignable: (owner: {
    readonly accountId: AccountId
    readonly connectionId: ConnectionId
  }) => Promise<readonly ListedMember[] | undefined>
}

export function createTasks(parts: TaskParts & FindRecordsParts): Tasks {
  return {
    list: (reader, query, own) => listTasks(parts, reader, query, own),
    countOwnOpen: (reader, connections) => countOwnOpenTasks(parts, reader, connections),
    listAll: (accountId) => listAllTasks(parts, accountId),
    listConnections: (accountId) => listConnectionsWithMirrors(parts, accountId),
    find: (names) => findTask(parts, names),
    findRecords: (owner, query) => findRecords(parts, owner, query),
    understand: (connection, line, reader) =>
      understandLine(parts.mirror, connection, line, { ...reader, now: parts.clock.now() }),
    suggestRecords: (owner, text) => suggestRecords(parts, owner, text),
    listAssignable: (owner) => listAssignable(parts, owner),
  }
}

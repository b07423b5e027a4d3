// What the web may ask about tasks.
import type { AccountId } from '../support/ids.ts'
import { countOwnOpenTasks, type OpenTaskCounts } from './open-counts.ts'
import {
  listConnectionsWithMirrors,
  listTasks,
  type ListedConnection,
  type Reader,
  type TaskList,
  type TaskListQuery,
  type TaskParts,
} from './task-list.ts'

export interface Tasks {
  readonly list: (reader: Reader, query: TaskListQuery) => Promise<TaskList>
  readonly countOwnOpen: (
    reader: Reader,
    connections: readonly ListedConnection[],
  ) => Promise<OpenTaskCounts>
  readonly listConnections: (accountId: AccountId) => Promise<readonly ListedConnection[]>
}

export function createTasks(parts: TaskParts): Tasks {
  return {
    list: (reader, query) => listTasks(parts, reader, query),
    countOwnOpen: (reader, connections) => countOwnOpenTasks(parts, reader, connections),
    listConnections: (accountId) => listConnectionsWithMirrors(parts, accountId),
  }
}

// One task with its names.
import type { AccountId, ConnectionId, TaskId } from '../../support/ids.ts'
import { describeTasks, type ListedTask } from './listed-task.ts'
import type { Connection } from '../../connections/connections.ts'
import type { TaskParts } from './task-parts.ts'

export interface FoundTask<Listed extends Connection = Connection> {
  readonly task: ListedTask
  readonly connection: Listed
  /** All connections of the account, for the navigation. */
  readonly connections: readonly Listed[]
}

export interface TaskNames {
  readonly accountId: AccountId
  /** The reader's time zone. */
  readonly timeZone: string
  readonly connectionId: ConnectionId
  readonly taskId: TaskId
}

/** Returns undefined when the account has no such task. */
export async function findTask<Listed extends Connection>(
  parts: TaskParts,
  { connectionId, taskId, timeZone }: TaskNames,
  connections: readonly Listed[],
): Promise<FoundTask<Listed> | undefined> {
  const connection = connections.find((one) => one.connectionId === connectionId)
  if (connection === undefined) return undefined
  const found = await parts.mirror.findTask(connection, taskId)
  if (found === undefined) return undefined
  const names = { connections: [connection], timeZone }
  const [task] = await describeTasks(parts.mirror, names, [found])
  return task && { task, connection, connections }
}

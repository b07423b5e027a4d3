// Everything that the mirror holds for an account, with its names: what a person may take away.
import type { AccountId } from '../support/ids.ts'
import { describeTasks, type ListedTask } from './listed-task.ts'
import type { TaskParts } from './task-list.ts'

const rowsAtOnce = 1_000

export async function listAllTasks(
  parts: TaskParts,
  accountId: AccountId,
): Promise<readonly ListedTask[]> {
  const connections = await parts.connections.list(accountId)
  const connectionIds = connections.map(({ connectionId }) => connectionId)
  const all: ListedTask[] = []
  for (const isCompleted of [false, true]) {
    for (let offset = 0; ; offset += rowsAtOnce) {
      const filter = {
        isCompleted,
        whose: { kind: 'everyone' },
        limit: rowsAtOnce,
        offset,
      } as const
      const tasks = await parts.mirror.listTasks(connectionIds, filter)
      all.push(...(await describeTasks(parts.mirror, connections, tasks)))
      if (tasks.length < rowsAtOnce) break
    }
  }
  return all
}

// Every task that Taskr stores for an account, with its names, for exports.
import { readInPieces } from '../../support/keyset-pieces.ts'
import { describeTasks, type ListedTask } from './listed-task.ts'
import type { TaskParts, TaskReader } from './task-parts.ts'

export async function* listAllTasks(
  parts: TaskParts,
  { accountId, timeZone }: TaskReader,
): AsyncGenerator<readonly ListedTask[], void> {
  const connections = await parts.connections.list(accountId)
  for (const connection of connections) {
    const { connectionId } = connection
    const pieces = readInPieces(async (after: ListedTask | undefined, limit) => {
      // A seat may end, or see less, during a long export.
      const now = await parts.connections.find({ accountId, connectionId })
      if (now === undefined) return []
      const tasks = await parts.mirror.listTasksAfter(now, after, limit)
      return await describeTasks(parts.mirror, { connections, timeZone }, tasks)
    })
    yield* pieces
  }
}

// Every task that Taskr stores for an account, with its names, for exports.
import { readInPieces } from '../../support/keyset-pieces.ts'
import { describeTasks, type ListedTask } from './listed-task.ts'
import type { TaskParts, TaskReader } from './task-parts.ts'

export async function* listAllTasks(
  parts: TaskParts,
  { accountId, timeZone }: TaskReader,
): AsyncGenerator<readonly ListedTask[], void> {
  const connections = await parts.connections.list(accountId)
  for (const { connectionId } of connections) {
    const pieces = readInPieces((after: ListedTask | undefined, limit) =>
      parts.mirror
        .listTasksAfter(connectionId, after, limit)
        .then((tasks) => describeTasks(parts.mirror, { connections, timeZone }, tasks)),
    )
    yield* pieces
  }
}

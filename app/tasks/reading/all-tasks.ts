// Every task that Taskr stores for an account, with its names, for exports.
import type { AccountId } from '../../support/ids.ts'
import { readInPieces } from '../../support/keyset-pieces.ts'
import { describeTasks, type ListedTask } from './listed-task.ts'
import type { TaskParts } from './task-parts.ts'

export async function* listAllTasks(
  parts: TaskParts,
  accountId: AccountId,
): AsyncGenerator<readonly ListedTask[], void> {
  const connections = await parts.connections.list(accountId)
  for (const { connectionId } of connections) {
    const pieces = readInPieces((after: ListedTask | undefined, limit) =>
      parts.mirror
        .listTasksAfter(connectionId, after, limit)
        .then((tasks) => describeTasks(parts.mirror, connections, tasks)),
    )
    yield* pieces
  }
}

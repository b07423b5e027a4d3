// After a walk that read everything: tasks that it did not meet are asked for one by one, and only a 404
// removes them. A gap in the reading can therefore hide nothing.
import { AttioApiError, type AttioClient } from '@taskr/attio'
import type { ConnectionId, TaskId } from '../support/ids.ts'
import type { MirrorParts } from './mirror-parts.ts'
import { mirroredTask } from './mirrored-task.ts'
import { listTaskIds, removeTask, saveTasks } from './task-store.ts'

export async function removeWhatIsGone(
  parts: MirrorParts,
  client: Pick<AttioClient, 'tasks'>,
  walked: {
    readonly connectionId: ConnectionId
    readonly seen: ReadonlySet<string>
    readonly startedAt: number
  },
): Promise<number> {
  const { connectionId, seen, startedAt } = walked
  const known = await listTaskIds(parts.database.db, connectionId, startedAt)
  const missed = known.filter((taskId) => !seen.has(taskId))
  let rowsWritten = 0
  for (const taskId of missed) rowsWritten += await settle(parts, client, connectionId, taskId)
  return rowsWritten
}

async function settle(
  parts: MirrorParts,
  client: Pick<AttioClient, 'tasks'>,
  connectionId: ConnectionId,
  taskId: TaskId,
): Promise<number> {
  const askedAt = parts.clock.now()
  try {
    const task = await client.tasks.get(taskId)
    return await saveTasks(parts.database.db, [mirroredTask(connectionId, task, askedAt)])
  } catch (error) {
    if (!(error instanceof AttioApiError) || error.status !== 404) throw error
    await removeTask(parts.database.db, connectionId, taskId)
    return 1
  }
}

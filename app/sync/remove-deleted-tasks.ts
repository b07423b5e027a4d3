// After a walk that read everything: tasks that it did not meet are asked for one by one, and only a 404
// removes them. A gap in the reading can therefore hide nothing.
import type { AttioClient } from '@taskr/attio'
import type { ConnectionId, TaskId } from '../support/ids.ts'
import { refetchTask } from '../tasks/mirror.ts'
import type { SyncParts } from './sync-parts.ts'
import { listTaskIds } from '../tasks/mirror.ts'

/** Not all at once: there may be very many. */
const limit = 500

export async function removeDeletedTasks(
  parts: SyncParts,
  client: Pick<AttioClient, 'tasks'>,
  walked: { readonly connectionId: ConnectionId; readonly seen: ReadonlySet<string> },
  keepGoing: () => Promise<void>,
): Promise<number> {
  const { connectionId, seen } = walked
  let rowsWritten = 0
  let known: readonly TaskId[] = []
  do {
    known = await listTaskIds(parts.database.db, connectionId, { after: known.at(-1), limit })
    for (const taskId of known) {
      if (seen.has(taskId)) continue
      await keepGoing()
      if ((await refetchTask(parts, client, { connectionId, taskId })) !== 'same') rowsWritten += 1
    }
  } while (known.length === limit)
  return rowsWritten
}

// After a sync has read every page, the tasks it did not meet are asked for one by one, and only a 404 removes them.
// A gap in the reading can therefore hide nothing.
import type { AttioClient } from '@taskr/attio'
import type { ConnectionId, TaskId } from '../support/ids.ts'
import { refetchTask } from '../tasks/mirror.ts'
import type { SyncParts } from './sync-parts.ts'
import { isUnreadable } from './unreadable.ts'
import { listTaskIds } from '../tasks/mirror.ts'

/** Known tasks are listed in batches of this size, since there may be very many. */
const limit = 500

export async function removeDeletedTasks(
  parts: SyncParts,
  client: Pick<AttioClient, 'tasks'>,
  read: {
    readonly connectionId: ConnectionId
    readonly seen: ReadonlySet<string>
    /** True when some tasks could not be read: they were not seen, but are not gone either. */
    readonly hasUnreadable: boolean
  },
  keepGoing: () => Promise<void>,
): Promise<number> {
  const { connectionId, seen, hasUnreadable } = read
  let rowsWritten = 0
  let known: readonly TaskId[] = []
  do {
    known = await listTaskIds(parts.database.db, connectionId, { after: known.at(-1), limit })
    for (const taskId of known) {
      if (seen.has(taskId)) continue
      await keepGoing()
      try {
        const refetched = await refetchTask(parts, client, { connectionId, taskId })
        if (refetched !== 'same') rowsWritten += 1
      } catch (error) {
        if (!hasUnreadable || !isUnreadable(error)) throw error
      }
    }
  } while (known.length === limit)
  return rowsWritten
}

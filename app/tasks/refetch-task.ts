// Refetches one task: after a webhook named it, before a change that has waited is sent, and when a sync did not meet
// it.
import { attioSaysGone, type AttioClient } from '@taskr/attio'
import type { Database } from '../database/open-database.ts'
import type { ConnectionId, TaskId } from '../support/ids.ts'
import { mirroredTask } from './rows/mirrored-task.ts'
import { observe } from './rows/observe.ts'
import type { ObserveParts } from './rows/news.ts'
import type { StoredChange } from './change-rows/stored-change.ts'

/** `same`: the mirror was up to date. */
export type Refetched = 'saved' | 'same' | 'gone'

/**
 * Reads the task and updates the mirror. `own` is the change for which the task is read. Only Attio's own 404 removes
 * a task.
 */
export async function refetchTask(
  parts: ObserveParts & { readonly database: Database },
  client: Pick<AttioClient, 'tasks'>,
  key: { readonly connectionId: ConnectionId; readonly taskId: TaskId },
  own?: StoredChange,
): Promise<Refetched> {
  const { clock, database } = parts
  const { connectionId, taskId } = key
  const known = own === undefined ? {} : { own }
  const askedAt = clock.now()
  try {
    const found = await client.tasks.get(taskId)
    const task = mirroredTask(connectionId, found, found.accurateAt ?? askedAt)
    const written = await database.transaction((db) =>
      observe(parts, db, { connectionId, taskId }, { kind: 'observed', task }, known),
    )
    return written ? 'saved' : 'same'
  } catch (error) {
    if (!attioSaysGone(error, { kind: 'task', id: taskId })) throw error
    const gone = { kind: 'gone', at: askedAt } as const
    await database.transaction((db) => observe(parts, db, { connectionId, taskId }, gone, known))
    return 'gone'
  }
}

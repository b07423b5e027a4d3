// Reads one task again: after a hint, before a change that waited long, and when a walk did not meet it. Only a 404 removes
// anything.
import { AttioApiError, type AttioClient } from '@taskr/attio'
import type { ConnectionId, TaskId } from '../support/ids.ts'
import type { MirrorParts } from './mirror-parts.ts'
import { mirroredTask } from './mirrored-task.ts'
import { saveGone, saveObserved } from './save-observed.ts'

/** `same`: the copy was right already. */
export type Look = 'saved' | 'same' | 'gone'

export async function lookAtTask(
  parts: Pick<MirrorParts, 'changes' | 'clock' | 'database'>,
  client: Pick<AttioClient, 'tasks'>,
  connectionId: ConnectionId,
  taskId: TaskId,
): Promise<Look> {
  const { changes, clock, database } = parts
  const askedAt = clock.now()
  try {
    const task = await client.tasks.get(taskId)
    const observed = mirroredTask(connectionId, task, task.accurateAt ?? askedAt)
    const written = await database.transaction((db) => saveObserved(changes, db, [observed]))
    return written > 0 ? 'saved' : 'same'
  } catch (error) {
    if (!isAttiosNotFound(error)) throw error
    const gone = { connectionId, taskId, at: askedAt }
    await database.transaction((db) => saveGone(changes, db, gone))
    return 'gone'
  }
}

/** In Attio's own words: a 404 of something in between, a proxy for instance, says nothing about a task. */
function isAttiosNotFound(error: unknown): boolean {
  return error instanceof AttioApiError && error.status === 404 && error.code !== 'unknown'
}

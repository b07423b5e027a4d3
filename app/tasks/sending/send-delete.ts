// Sends a deletion. A DELETE can be repeated, and a task that is already gone counts as deleted.
import { attioSaysGone, type AttioClient } from '@taskr/attio'
import type { TaskId } from '../../support/ids.ts'
import { finishChange } from '../rows/observe.ts'
import { settle } from '../../work/work.ts'
import type { ChangeParts } from '../change-parts.ts'
import type { SendOutcome } from './judge-answer.ts'
import type { StoredChange } from '../change-rows/stored-change.ts'

export async function sendDelete(
  parts: ChangeParts,
  change: StoredChange,
  client: AttioClient,
): Promise<SendOutcome> {
  await deleteAtAttio(client, change.taskId)
  await parts.reached('answered')
  await finishDeleted(parts, change)
  return { kind: 'finished' }
}

export async function deleteAtAttio(client: AttioClient, taskId: TaskId): Promise<void> {
  try {
    await client.tasks.delete(taskId)
  } catch (error) {
    if (!attioSaysGone(error, { kind: 'task', id: taskId })) throw error
  }
}

/** Finishes the deletion and removes the task with its other changes. */
export async function finishDeleted(parts: ChangeParts, change: StoredChange): Promise<void> {
  const { clock, database } = parts
  const at = clock.now()
  await settle(database, (db) =>
    finishChange(parts, db, change, { status: 'done', at }, { kind: 'gone', at }),
  )
  await parts.reached('finished')
}

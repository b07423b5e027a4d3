// A deletion: DELETE, which may be repeated. That the task is not there any more is what was wanted.
import { AttioApiError, type AttioClient } from '@taskr/attio'
import { saveGone } from '../mirror/save-observed.ts'
import { keepTask } from '../mirror/show-over.ts'
import type { TaskId } from '../support/ids.ts'
import type { ChangeParts } from './change-parts.ts'
import { finishLeased } from './change-queue-store.ts'
import type { Carried } from './judge-answer.ts'
import { settleWithAttio } from './settle-with-attio.ts'
import type { StoredChange } from './stored-change.ts'

export async function carryDelete(
  parts: ChangeParts,
  change: StoredChange,
  client: AttioClient,
): Promise<Carried> {
  await deleteAtAttio(client, change.taskId)
  await parts.reached('answered')
  await finishDeleted(parts, change)
  return { kind: 'finished' }
}

export async function deleteAtAttio(client: AttioClient, taskId: TaskId): Promise<void> {
  try {
    await client.tasks.delete(taskId)
  } catch (error) {
    if (!(error instanceof AttioApiError) || error.status !== 404) throw error
  }
}

/** The change is done and its task gone, with everything else that was wanted of it. */
export async function finishDeleted(parts: ChangeParts, change: StoredChange): Promise<void> {
  const { clock, database } = parts
  const { connectionId, taskId } = change
  await database.transaction(async (db) => {
    await keepTask(db, connectionId, taskId)
    if (!(await finishLeased(db, change, { status: 'done', at: clock.now() }))) return
    await saveGone(settleWithAttio(parts), db, { connectionId, taskId, at: clock.now() })
  })
  await parts.reached('finished')
}

// A new task: created once, whatever happens to the answer, and then known by Attio's id.
import type { AttioClient } from '@taskr/attio'
import { saveObserved } from '../mirror/save-observed.ts'
import { keepTask, removeProvisional } from '../mirror/show-over.ts'
import type { MirroredTask } from '../mirror/mirror.ts'
import { linkOf } from './carry-update.ts'
import type { ChangeParts } from './change-parts.ts'
import { finishLeased } from './change-queue-store.ts'
import { moveChanges, releaseNext } from './change-sequence-store.ts'
import { listKnownCreations } from './lost-create-store.ts'
import { createOnce, withoutTask } from './create-once.ts'
import { dueAt } from './due-at.ts'
import type { Carried } from './judge-answer.ts'
import { refreshShown } from './refresh-shown.ts'
import { settleWithAttio } from './settle-with-attio.ts'
import type { StoredChange } from './stored-change.ts'

export async function carryCreate(
  parts: ChangeParts,
  change: StoredChange,
  client: AttioClient,
): Promise<Carried> {
  const { content = '', deadlineAt = null, assigneeIds = [], linkedRecords = [] } = change.wanted
  const creation = await createOnce(parts, change, client, {
    content,
    deadlineAt,
    assignees: assigneeIds,
    linkedRecords: linkedRecords.map(linkOf),
  })
  return creation.kind === 'created'
    ? await finishCreated(parts, change, creation.task)
    : withoutTask(creation)
}

/**
 * The row of the task that Attio did not have gives way to the real one, and takes along what is wanted of it. A task that
 * was found can be the work of one change only: whoever comes second looks again.
 */
async function finishCreated(
  parts: ChangeParts,
  change: StoredChange,
  task: MirroredTask,
): Promise<Carried> {
  const { clock, database } = parts
  const { changeId, connectionId, taskId: provisionalId } = change
  const { taskId } = task
  const isTaken = await database.transaction(async (db) => {
    await keepTask(db, connectionId, provisionalId)
    if ((await listKnownCreations(db, [taskId])).size > 0) return true
    const end = { status: 'done', createdTaskId: taskId, at: clock.now() } as const
    if (!(await finishLeased(db, change, end))) return false
    await removeProvisional(db, connectionId, provisionalId)
    await moveChanges(db, connectionId, { from: provisionalId, to: taskId, except: changeId })
    await saveObserved(settleWithAttio(parts), db, [task])
    await releaseNext(db, connectionId, taskId, dueAt(clock))
    await refreshShown(db, { connectionId, taskId })
    return false
  })
  await parts.reached('finished')
  return isTaken ? { kind: 'later', at: clock.now() } : { kind: 'finished' }
}

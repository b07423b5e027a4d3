// Replace task: Attio cannot change a text, so a new task takes everything over that the old one has at that moment, and
// then the old one goes. Written down between the two: whatever crashes where, nothing is lost and no twin stays.
import { AttioApiError, type AttioClient } from '@taskr/attio'
import { lookAtTask } from '../mirror/look-at-task.ts'
import { saveObserved } from '../mirror/save-observed.ts'
import { keepTask } from '../mirror/show-over.ts'
import type { MirroredTask } from '../mirror/mirror.ts'
import { deleteAtAttio, finishDeleted } from './carry-delete.ts'
import { linkOf } from './carry-update.ts'
import type { ChangeParts } from './change-parts.ts'
import { updateLeased } from './change-queue-store.ts'
import { moveChanges, releaseNext } from './change-sequence-store.ts'
import { listKnownCreations } from './lost-create-store.ts'
import { createOnce, withoutTask } from './create-once.ts'
import { dueAt } from './due-at.ts'
import type { Carried } from './judge-answer.ts'
import { refreshShown } from './refresh-shown.ts'
import { settleWithAttio } from './settle-with-attio.ts'
import type { StoredChange } from './stored-change.ts'

export async function carryReplace(
  parts: ChangeParts,
  change: StoredChange,
  client: AttioClient,
): Promise<Carried> {
  if (change.createdTaskId === undefined) {
    const created = await createNew(parts, change, client)
    if (created !== 'created') return created
  }
  try {
    await deleteAtAttio(client, change.taskId)
  } catch (error) {
    if (!isRefusal(error)) throw error
    return { kind: 'failed', problem: { kind: 'left-twin', said: error.attioMessage } }
  }
  await parts.reached('removed')
  await finishDeleted(parts, change)
  return { kind: 'finished' }
}

async function createNew(
  parts: ChangeParts,
  change: StoredChange,
  client: AttioClient,
): Promise<'created' | Carried> {
  const { clock, database } = parts
  const { connectionId, taskId, wanted } = change
  const looking = { database, clock, changes: settleWithAttio(parts, change) }
  // Settled there when it is gone: then there is nothing to take over.
  if ((await lookAtTask(looking, client, connectionId, taskId)) === 'gone') {
    return { kind: 'finished' }
  }
  await parts.reached('looked')
  const old = (await database.transaction((db) => keepTask(db, connectionId, taskId)))?.observed
  if (old === undefined) return { kind: 'failed', problem: { kind: 'gone' } }
  const creation = await createOnce(parts, change, client, {
    content: wanted.content ?? old.content,
    deadlineAt: old.deadlineAt,
    isCompleted: old.isCompleted,
    assignees: old.assigneeIds,
    linkedRecords: old.linkedRecords.map(linkOf),
  })
  return creation.kind === 'created'
    ? await writeCreated(parts, change, creation.task)
    : withoutTask(creation)
}

/** From now on the new task is shown, the old one is not, and what else is wanted is wanted of the new one. */
async function writeCreated(
  parts: ChangeParts,
  change: StoredChange,
  task: MirroredTask,
): Promise<'created' | Carried> {
  const { clock, database } = parts
  const { changeId, connectionId, taskId: oldId } = change
  const { taskId } = task
  const written = await database.transaction(async (db) => {
    await keepTask(db, connectionId, oldId)
    if ((await listKnownCreations(db, [taskId])).size > 0)
      return { kind: 'later', at: clock.now() } as const
    if (!(await updateLeased(db, change, { createdTaskId: taskId }))) {
      return { kind: 'finished' } as const
    }
    await moveChanges(db, connectionId, { from: oldId, to: taskId, except: changeId })
    await saveObserved(settleWithAttio(parts), db, [task])
    await releaseNext(db, connectionId, taskId, dueAt(clock))
    await refreshShown(db, { connectionId, taskId })
    await refreshShown(db, { connectionId, taskId: oldId })
    return 'created' as const
  })
  await parts.reached('replaced')
  return written
}

/** Attio's answer is no, for good. */
function isRefusal(error: unknown): error is AttioApiError {
  return (
    error instanceof AttioApiError && error.status < 500 && ![401, 408, 429].includes(error.status)
  )
}

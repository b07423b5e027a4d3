// Sends a new task, which is created once even when the answer is lost, and then gives it Attio's ID.
import type { AttioClient } from '@taskr/attio'
import { observe } from '../rows/observe.ts'
import type { MirroredTask } from '../rows/task-row.ts'
import { lockTask, removeTask } from '../rows/task-store.ts'
import { linkOf } from './send-update.ts'
import type { ChangeParts } from '../change-parts.ts'
import { finishLeased } from '../change-rows/change-queue-store.ts'
import { moveChanges } from '../change-rows/change-sequence-store.ts'
import { listKnownCreations } from '../change-rows/lost-create-store.ts'
import { creatableTask, withoutTask } from './creatable-task.ts'
import { createOnce } from './create-once.ts'
import type { SendOutcome } from './judge-answer.ts'
import { leftOut, noteLeftOut } from './left-out.ts'
import type { StoredChange } from '../change-rows/stored-change.ts'

export async function sendCreate(
  parts: ChangeParts,
  change: StoredChange,
  client: AttioClient,
): Promise<SendOutcome> {
  const { content = '', deadlineAt = null, assigneeIds = [], linkedRecords = [] } = change.wanted
  const creation = await createOnce(
    parts,
    change,
    creatableTask(parts, change, client, {
      content,
      deadlineAt,
      assignees: assigneeIds,
      linkedRecords: linkedRecords.map(linkOf),
    }),
  )
  return creation.kind === 'created'
    ? await finishCreated(parts, change, creation.made)
    : withoutTask(creation)
}

/**
 * Replaces the provisional row by that of the real task and moves the other changes to it. A found task belongs to
 * one change only, so a second change that found it searches again.
 */
async function finishCreated(
  parts: ChangeParts,
  change: StoredChange,
  task: MirroredTask,
): Promise<SendOutcome> {
  const { clock, database } = parts
  const { changeId, connectionId, taskId: provisionalId } = change
  const { taskId } = task
  const isTaken = await database.transaction(async (db) => {
    // The row is locked first, so that no change is added behind this one without being moved.
    await lockTask(db, connectionId, provisionalId)
    if ((await listKnownCreations(db, [taskId])).size > 0) return true
    const end = { status: 'done', createdTaskId: taskId, at: clock.now() } as const
    if (!(await finishLeased(db, change, end))) return false
    await removeTask(db, connectionId, provisionalId)
    await moveChanges(db, connectionId, { from: provisionalId, to: taskId, except: changeId })
    const news = { kind: 'observed', task } as const
    const requestedBy = change.memberId ?? null
    await observe(parts, db, task, news, { isOurs: true, hasChanged: true, requestedBy })
    await noteLeftOut(parts, db, change, leftOut({ ...change, base: noLists }, task), taskId)
    return false
  })
  await parts.reached('finished')
  return isTaken ? { kind: 'later', at: clock.now() } : { kind: 'finished' }
}

const noLists = { assigneeIds: [], linkedRecords: [] }

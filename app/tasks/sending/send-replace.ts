// Replaces a task, since Attio cannot change a text: creates a new task with the current values of the old one, then
// deletes the old one. The new task is saved in between, so that a crash neither loses the task nor leaves both.
import { AttioApiError, type AttioClient } from '@taskr/attio'
import { refetchTask } from '../refetch-task.ts'
import { observe } from '../rows/observe.ts'
import { lockTask } from '../rows/task-store.ts'
import type { MirroredTask } from '../rows/task-row.ts'
import { deleteAtAttio, finishDeleted } from './send-delete.ts'
import { linkOf } from './send-update.ts'
import type { ChangeParts } from '../change-parts.ts'
import { updateLeased } from '../change-rows/change-queue-store.ts'
import { moveChanges } from '../change-rows/change-sequence-store.ts'
import { listKnownCreations } from '../change-rows/lost-create-store.ts'
import { creatableTask, withoutTask } from './creatable-task.ts'
import { createOnce } from './create-once.ts'
import type { SendOutcome } from './judge-answer.ts'
import { leftOut, noteLeftOut } from './left-out.ts'
import type { TaskLists } from '../change-rows/same-field.ts'
import type { StoredChange } from '../change-rows/stored-change.ts'

export async function sendReplace(
  parts: ChangeParts,
  change: StoredChange,
  client: AttioClient,
): Promise<SendOutcome> {
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
): Promise<'created' | SendOutcome> {
  const { database } = parts
  const { connectionId, taskId, wanted } = change
  // When the task is gone, its changes have ended and there is nothing to copy.
  if ((await refetchTask(parts, client, change, change)) === 'gone') return { kind: 'finished' }
  await parts.reached('refetched')
  const old = (await database.transaction((db) => lockTask(db, connectionId, taskId)))?.observed
  if (old === undefined) return { kind: 'failed', problem: { kind: 'gone' } }
  const creation = await createOnce(
    parts,
    change,
    creatableTask(parts, change, client, {
      content: wanted.content ?? old.content,
      deadlineAt: old.deadlineAt,
      isCompleted: old.isCompleted,
      assignees: old.assigneeIds,
      linkedRecords: old.linkedRecords.map(linkOf),
    }),
  )
  return creation.kind === 'created'
    ? await writeCreated(parts, change, creation.made)
    : withoutTask(creation)
}

/** Shows the new task instead of the old one, and moves the other changes to it. */
async function writeCreated(
  parts: ChangeParts,
  change: StoredChange,
  task: MirroredTask,
): Promise<'created' | SendOutcome> {
  const { clock, database } = parts
  const { changeId, connectionId, taskId: oldId } = change
  const { taskId } = task
  const written = await database.transaction(async (db) => {
    const locked = (await lockTask(db, connectionId, oldId)) ?? null
    if ((await listKnownCreations(db, [taskId])).size > 0)
      return { kind: 'later', at: clock.now() } as const
    if (!(await updateLeased(db, change, { createdTaskId: taskId }))) {
      return { kind: 'finished' } as const
    }
    await moveChanges(db, connectionId, { from: oldId, to: taskId, except: changeId })
    const news = { kind: 'observed', task } as const
    const requestedBy = locked?.requestedBy ?? null
    await observe(parts, db, task, news, { isOurs: true, hasChanged: true, requestedBy })
    const before = locked === null ? {} : listsOf(locked.observed)
    const missing = leftOut({ base: noLists, wanted: before }, task)
    await noteLeftOut(parts, db, change, missing, taskId)
    const oldTask = { connectionId, taskId: oldId }
    await observe(parts, db, oldTask, { kind: 'changed' }, { locked })
    return 'created' as const
  })
  await parts.reached('replaced')
  return written
}

const noLists = { assigneeIds: [], linkedRecords: [] }

function listsOf({ assigneeIds, linkedRecords }: MirroredTask): TaskLists {
  return { assigneeIds, linkedRecords }
}

/** True when Attio refused for good. */
function isRefusal(error: unknown): error is AttioApiError {
  return (
    error instanceof AttioApiError &&
    error.isFromAttio &&
    error.status < 500 &&
    ![401, 408, 429].includes(error.status)
  )
}

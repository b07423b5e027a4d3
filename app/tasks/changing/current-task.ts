// Finds a task by an ID that may be out of date: an open page may have that of the change that created it.
import { findUsableConnection } from '../../connections/connections.ts'
import type { Db } from '../../database/tables.ts'
import { lockTaskOf } from '../rows/task-store.ts'
import type { StoredTask } from '../rows/task-row.ts'
import { asChangeId, type TaskId } from '../../support/ids.ts'
import { findChange, findReplacement } from '../change-rows/found-change-store.ts'
import type { TaskReference } from './recorded.ts'

/**
 * Locks the task's current row: a page may still have the ID of the change that created it, or of the task that it
 * replaced.
 */
export async function lockShown(db: Db, of: TaskReference) {
  const found = await lockTaskOf(db, of)
  if (found !== undefined && !isHidden(found.stored)) return found
  const taskId = await idNow(db, of)
  const moved = taskId === of.taskId ? found : await lockTaskOf(db, { ...of, taskId })
  if (moved !== undefined) return moved
  return { connection: await findUsableConnection(db, of), stored: undefined, openChanges: 0 }
}

export function isHidden({ pending }: StoredTask): boolean {
  return pending?.isHidden === true
}

export async function idNow(
  db: Db,
  { accountId, connectionId, taskId }: TaskReference,
): Promise<TaskId> {
  const creation = await findChange(db, accountId, asChangeId(taskId))
  const replacement = creation?.createdTaskId ?? (await findReplacement(db, connectionId, taskId))
  return replacement ?? taskId
}

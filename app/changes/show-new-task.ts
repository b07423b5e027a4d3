// The row of a task that is on its way to Attio, with what is already wanted of it.
import type { Db } from '../database/tables.ts'
import { showProvisional } from '../mirror/show-over.ts'
import { shownMeanwhile } from './shown-meanwhile.ts'
import type { StoredChange } from './stored-change.ts'

export async function showNewTask(
  db: Db,
  create: StoredChange,
  changes: readonly StoredChange[] = [create],
): Promise<void> {
  const { content = '', deadlineAt = null, assigneeIds = [], linkedRecords = [] } = create.wanted
  const task = {
    connectionId: create.connectionId,
    taskId: create.taskId,
    content,
    deadlineAt,
    isCompleted: false,
    completedAt: null,
    assigneeIds,
    linkedRecords,
    createdBy: null,
    createdAt: create.createdAt,
    observedAt: create.createdAt,
  }
  await showProvisional(db, task, shownMeanwhile(changes) ?? {})
}

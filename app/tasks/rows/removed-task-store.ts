// The table of removed tasks, so that an answer requested before the removal does not bring the task back.
import type { Db } from '../../database/tables.ts'
import type { ConnectionId, TaskId } from '../../support/ids.ts'

export async function noteRemoved(
  db: Db,
  connectionId: ConnectionId,
  taskId: TaskId,
  removedAt: number,
): Promise<void> {
  const removed = { removed_at: removedAt }
  await db
    .insertInto('removed_tasks')
    .values({ connection_id: connectionId, task_id: taskId, ...removed })
    .onConflict((conflict) => conflict.columns(['connection_id', 'task_id']).doUpdateSet(removed))
    .execute()
}

/** True when Attio reported after `since` that the task is gone. */
export async function isRemovedSince(
  db: Db,
  connectionId: ConnectionId,
  taskId: TaskId,
  since: number,
): Promise<boolean> {
  const row = await db
    .selectFrom('removed_tasks')
    .select('task_id')
    .where('connection_id', '=', connectionId)
    .where('task_id', '=', taskId)
    .where('removed_at', '>', since)
    .executeTakeFirst()
  return row !== undefined
}

/** Returns the tasks that were removed after `since`. */
export async function listRemovedSince(
  db: Db,
  connectionId: ConnectionId,
  since: number,
): Promise<ReadonlySet<TaskId>> {
  const rows = await db
    .selectFrom('removed_tasks')
    .select('task_id')
    .where('connection_id', '=', connectionId)
    .where('removed_at', '>', since)
    .execute()
  return new Set(rows.map((row) => row.task_id))
}

export async function forgetRemoved(db: Db, connectionId: ConnectionId): Promise<void> {
  await db.deleteFrom('removed_tasks').where('connection_id', '=', connectionId).execute()
}

/** Forgets tasks removed before then, since no older answer can still arrive; run once an hour. */
export async function forgetRemovedBefore(db: Db, before: number): Promise<void> {
  await db.deleteFrom('removed_tasks').where('removed_at', '<', before).execute()
}

// The table of tasks, as syncs write it: many tasks at once, and only those that differ from their rows.
import { setImmediate } from 'node:timers/promises'
import { sql, type SqlBool } from 'kysely'
import { chunksOf } from '../../database/open-database.ts'
import type { Db } from '../../database/tables.ts'
import { asTaskId, type ConnectionId, type TaskId } from '../../support/ids.ts'
import { toRow, type MirroredTask } from './task-row.ts'

/**
 * Writes the tasks that differ from their rows and are newer, except those with pending changes. Returns how many
 * rows were written.
 */
export async function saveTasks(
  db: Db,
  connectionId: ConnectionId,
  tasks: readonly MirroredTask[],
): Promise<number> {
  let written = 0
  for (const some of chunksOf(tasks)) {
    // Yields before each batch, so that other work and the request for the next page can run.
    if (some.length < tasks.length) await setImmediate()
    const changed = await withoutSame(db, connectionId, some)
    for (const piece of chunksOf(changed)) written += await saveSome(db, piece)
  }
  return written
}

/**
 * Returns rows for the tasks that differ from their rows. Most tasks of a sync do not, and reading a row is cheaper than
 * writing it.
 */
async function withoutSame(
  db: Db,
  connectionId: ConnectionId,
  tasks: readonly MirroredTask[],
): Promise<readonly TaskRow[]> {
  const taskIds = tasks.map(({ taskId }) => taskId)
  const rows = await db
    .selectFrom('tasks')
    .select(['task_id', 'requested_by', ...statedColumns])
    .where('connection_id', '=', connectionId)
    .where('task_id', 'in', taskIds)
    .execute()
  const known = new Map(rows.map((row) => [row.task_id, row]))
  return tasks.flatMap((task) => {
    const row = known.get(task.taskId)
    const stated = toRow(task, row?.requested_by)
    const isSame =
      row !== undefined && statedColumns.every((column) => row[column] === stated[column])
    return isSame ? [] : [stated]
  })
}

type TaskRow = ReturnType<typeof toRow>

const statedColumns = [
  'content',
  'deadline_at',
  'deadline_day',
  'is_completed',
  'completed_at',
  'assignee_ids',
  'linked_records',
  'search_words',
] as const

async function saveSome(db: Db, rows: readonly TaskRow[]): Promise<number> {
  const result = await db
    .insertInto('tasks')
    .values(rows)
    .onConflict((conflict) =>
      conflict
        .columns(['connection_id', 'task_id'])
        .doUpdateSet((excluded) => ({
          content: excluded.ref('excluded.content'),
          deadline_at: excluded.ref('excluded.deadline_at'),
          deadline_day: excluded.ref('excluded.deadline_day'),
          is_completed: excluded.ref('excluded.is_completed'),
          completed_at: excluded.ref('excluded.completed_at'),
          assignee_ids: excluded.ref('excluded.assignee_ids'),
          linked_records: excluded.ref('excluded.linked_records'),
          observed_at: excluded.ref('excluded.observed_at'),
          search_words: excluded.ref('excluded.search_words'),
        }))
        .where(differsAndIsNewer),
    )
    .executeTakeFirst()
  return Number(result.numInsertedOrUpdatedRows ?? 0)
}

/** Lists the IDs of tasks that Attio should have, in order, at most `limit`. */
export async function listTaskIds(
  db: Db,
  connectionId: ConnectionId,
  { after, limit }: { readonly after: TaskId | undefined; readonly limit: number },
): Promise<readonly TaskId[]> {
  const rows = await db
    .selectFrom('tasks')
    .select('task_id')
    .where('connection_id', '=', connectionId)
    .where('is_provisional', '=', 0)
    .$if(after !== undefined, (tasks) => tasks.where('task_id', '>', after ?? asTaskId('')))
    .orderBy('task_id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.task_id)
}

/** Returns those of the tasks that have pending changes. */
export async function listPendingIds(
  db: Db,
  connectionId: ConnectionId,
  taskIds: readonly TaskId[],
): Promise<readonly TaskId[]> {
  const pending: TaskId[] = []
  for (const some of chunksOf(taskIds)) {
    const rows = await db
      .selectFrom('tasks')
      .select('task_id')
      .where('connection_id', '=', connectionId)
      .where('task_id', 'in', some)
      .where('pending', 'is not', null)
      .execute()
    pending.push(...rows.map((row) => row.task_id))
  }
  return pending
}

/**
 * No answer takes longer than this, so an observation that is older by more was made after the clock was set back.
 */
export const clockSetBackMs = 120_000

const differsAndIsNewer = sql<SqlBool>`tasks.pending is null and tasks.is_provisional = 0
and (excluded.observed_at >= tasks.observed_at or excluded.observed_at < tasks.observed_at - ${sql.lit(clockSetBackMs)})
and (
  excluded.content <> tasks.content
  or excluded.deadline_at is distinct from tasks.deadline_at
  or excluded.deadline_day is distinct from tasks.deadline_day
  or excluded.is_completed <> tasks.is_completed
  or excluded.completed_at is distinct from tasks.completed_at
  or excluded.assignee_ids <> tasks.assignee_ids
  or excluded.linked_records <> tasks.linked_records
  or excluded.search_words is distinct from tasks.search_words)`

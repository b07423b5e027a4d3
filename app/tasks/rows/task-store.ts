// The table of tasks, writing: the mirror of Attio's tasks per connection, with pending changes. It can be dropped
// and rebuilt. Reading lists is task-list-store.ts.
import { setImmediate } from 'node:timers/promises'
import { sql, type SqlBool } from 'kysely'
import { usableConnections, usableFrom, type Connection } from '../../connections/connections.ts'
import { chunksOf, fixedQuery, type SlotsOf } from '../../database/open-database.ts'
import type { Db } from '../../database/tables.ts'
import { asTaskId, type AccountId, type ConnectionId, type TaskId } from '../../support/ids.ts'
import { wordsOfTask } from '../searching/indexed-words.ts'
import { unfinishedCountOf } from './change-store.ts'
import { shownOver, statedOf } from './pending.ts'
import {
  shownFrom,
  storedFrom,
  toRow,
  type MirroredTask,
  type ShownTask,
  type StoredTask,
} from './task-row.ts'
import { inScopes, type TaskScope } from '../task-scope.ts'

/** Returns a task within the scope as a person sees it. */
export async function findShownTask(
  db: Db,
  scope: TaskScope,
  taskId: TaskId,
): Promise<ShownTask | undefined> {
  const row = await db
    .selectFrom('tasks')
    .selectAll()
    .where((where) => inScopes(where, [scope]))
    .where('task_id', '=', taskId)
    .executeTakeFirst()
  return row?.is_hidden === 0 ? shownFrom(row) : undefined
}

/** Reads a row and locks it until the transaction ends. */
export async function lockTask(
  db: Db,
  connectionId: ConnectionId,
  taskId: TaskId,
): Promise<StoredTask | undefined> {
  // An update locks the row on both engines.
  const row = await db
    .updateTable('tasks')
    .set({ observed_at: sql<number>`observed_at` })
    .where('connection_id', '=', connectionId)
    .where('task_id', '=', taskId)
    .returningAll()
    .executeTakeFirst()
  return row && storedFrom(row)
}

export interface LockedTask {
  readonly stored: StoredTask
  /** The connection through which the account sees the task. */
  readonly connection: Connection
  /** The number of the account's changes that Attio does not have yet. */
  readonly openChanges: number
}

/** Reads a task as an account may change it, and locks its row until the transaction ends, in one statement. */
export async function lockTaskOf(
  db: Db,
  of: {
    readonly accountId: AccountId
    readonly connectionId: ConnectionId
    readonly taskId: TaskId
  },
): Promise<LockedTask | undefined> {
  const [row] = await taskOfAccount(db, of)
  return (
    row && {
      stored: storedFrom(row),
      connection: usableFrom({ ...row, created_at: row.connected_at }, of.accountId),
      openChanges: row.open_changes,
    }
  )
}

const taskOfAccount = fixedQuery(
  (db, value: SlotsOf<{ accountId: AccountId; connectionId: ConnectionId; taskId: TaskId }>) =>
    usableConnections(db, value('accountId'))
      .innerJoin('tasks', 'tasks.connection_id', 'connections.connection_id')
      .select('connections.created_at as connected_at')
      // After the connection's columns, one of which has the same name.
      .selectAll('tasks')
      .select(unfinishedCountOf(db, value('accountId')).as('open_changes'))
      .where('connections.connection_id', '=', value('connectionId'))
      .where('task_id', '=', value('taskId'))
      .forUpdate('tasks'),
)

/** Writes the row, replacing any earlier one. */
export async function writeTask(db: Db, stored: StoredTask): Promise<void> {
  const row = rowOf(stored)
  await db
    .insertInto('tasks')
    .values(row)
    .onConflict((conflict) => conflict.columns(['connection_id', 'task_id']).doUpdateSet(row))
    .execute()
}

/** Adds a row. Returns false, and writes nothing, when another transaction has added it meanwhile. */
export async function addTask(db: Db, stored: StoredTask): Promise<boolean> {
  const added = await db
    .insertInto('tasks')
    .values(rowOf(stored))
    .onConflict((conflict) => conflict.columns(['connection_id', 'task_id']).doNothing())
    .returning('task_id')
    .executeTakeFirst()
  return added !== undefined
}

function rowOf(stored: StoredTask) {
  const { observed, pending } = stored
  const shown = shownOver(observed, pending)
  return {
    ...toRow(shown, stored.requestedBy),
    pending: pending === undefined ? null : JSON.stringify(pending),
    observed: pending === undefined ? null : JSON.stringify(statedOf(observed)),
    is_hidden: pending?.isHidden === true ? 1 : 0,
    is_provisional: stored.isProvisional ? 1 : 0,
  } as const
}

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

/** Writes the search words of at most `limit` rows that have none yet. Returns how many rows it wrote. */
export async function fillTaskWords(db: Db, limit: number): Promise<number> {
  const rows = await db
    .selectFrom('tasks')
    .selectAll()
    .where('search_words', 'is', null)
    .limit(limit)
    .execute()
  for (const row of rows) {
    await db
      .updateTable('tasks')
      .set({ search_words: wordsOfTask(shownFrom(row), row.requested_by) })
      .where('connection_id', '=', row.connection_id)
      .where('task_id', '=', row.task_id)
      // Not when another statement has written the row since.
      .where('search_words', 'is', null)
      .where('content', '=', row.content)
      .where('is_completed', '=', row.is_completed)
      .where('assignee_ids', '=', row.assignee_ids)
      .where('linked_records', '=', row.linked_records)
      .execute()
  }
  return rows.length
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

export async function removeTask(
  db: Db,
  connectionId: ConnectionId,
  taskId: TaskId,
): Promise<void> {
  await db
    .deleteFrom('tasks')
    .where('connection_id', '=', connectionId)
    .where('task_id', '=', taskId)
    .execute()
}

/** Removes the connection's tasks in pieces, since each row leaves several indexes. */
export async function removeTasks(db: Db, connectionId: ConnectionId): Promise<void> {
  for (;;) {
    const { numDeletedRows } = await db
      .deleteFrom('tasks')
      .where('connection_id', '=', connectionId)
      .where('task_id', 'in', (tasks) =>
        tasks
          .selectFrom('tasks')
          .select('task_id')
          .where('connection_id', '=', connectionId)
          .limit(rowsRemovedAtOnce),
      )
      .executeTakeFirstOrThrow()
    if (Number(numDeletedRows) < rowsRemovedAtOnce) return
    await setImmediate()
  }
}

const rowsRemovedAtOnce = 200

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

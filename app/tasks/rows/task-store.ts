// The table of tasks, the mirror of Attio's tasks per connection with pending changes: finding, locking, writing and
// removing rows. Syncs write many at once in synced-task-store.ts; lists are task-list-store.ts.
import { setImmediate } from 'node:timers/promises'
import { sql } from 'kysely'
import { usableConnections, usableFrom, type Connection } from '../../connections/connections.ts'
import { fixedQuery, type SlotsOf } from '../../database/open-database.ts'
import type { Db } from '../../database/tables.ts'
import type { AccountId, ConnectionId, TaskId } from '../../support/ids.ts'
import { wordsOfTask } from '../searching/indexed-words.ts'
import { unfinishedCountOf } from '../change-rows/open-change-store.ts'
import { shownOver, statedOf } from './pending.ts'
import { shownFrom, storedFrom, toRow, type ShownTask, type StoredTask } from './task-row.ts'
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

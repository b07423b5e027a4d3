// The table of changes, reading: one change, an account's changes for exports, and the latest changes of a task.
import type { Db } from '../../database/tables.ts'
import {
  asChangeId,
  type AccountId,
  type ChangeId,
  type ConnectionId,
  type TaskId,
} from '../../support/ids.ts'
import { readable, unfinished } from './change-states.ts'
import { changeFrom, type StoredChange } from './stored-change.ts'

export async function findChange(
  db: Db,
  accountId: AccountId,
  changeId: ChangeId,
): Promise<StoredChange | undefined> {
  const row = await db
    .selectFrom('changes')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('change_id', '=', changeId)
    .executeTakeFirst()
  return row && changeFrom(row)
}

export async function findChangeOfRequest(
  db: Db,
  accountId: AccountId,
  requestKey: string,
): Promise<StoredChange | undefined> {
  const row = await db
    .selectFrom('changes')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('request_key', '=', requestKey)
    .executeTakeFirst()
  return row && changeFrom(row)
}

/** Returns the changes of an account that come after one, in the order of their ids. */
export async function listChangesAfter(
  db: Db,
  accountId: AccountId,
  after: Pick<StoredChange, 'changeId'> | undefined,
  limit: number,
): Promise<readonly StoredChange[]> {
  const rows = await db
    .selectFrom('changes')
    .selectAll()
    .where('account_id', '=', accountId)
    .$if(after !== undefined, (changes) =>
      changes.where('change_id', '>', after?.changeId ?? asChangeId('')),
    )
    .orderBy('change_id')
    .limit(limit)
    .execute()
  return readable(rows)
}

/** Returns the task that replaced the given one. */
export async function findReplacement(
  db: Db,
  connectionId: ConnectionId,
  taskId: TaskId,
): Promise<TaskId | undefined> {
  const row = await db
    .selectFrom('changes')
    .select('created_task_id')
    .where('connection_id', '=', connectionId)
    .where('task_id', '=', taskId)
    .where('kind', '=', 'replace')
    .where('created_task_id', 'is not', null)
    .executeTakeFirst()
  return row?.created_task_id ?? undefined
}

/**
 * Lists the latest changes of a task, newest first: every change of the account, and of other accounts those that are
 * at Attio or on their way.
 */
export async function listChangesOfTask(
  db: Db,
  accountId: AccountId,
  { connectionId, taskId }: Pick<StoredChange, 'connectionId' | 'taskId'>,
  limit: number,
): Promise<readonly StoredChange[]> {
  const rows = await db
    .selectFrom('changes')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .where((where) =>
      where.or([where('task_id', '=', taskId), where('created_task_id', '=', taskId)]),
    )
    .where((where) =>
      where.or([
        where('account_id', '=', accountId),
        where('status', 'in', [...unfinished, 'done']),
      ]),
    )
    .orderBy('change_id', 'desc')
    .limit(limit)
    .execute()
  return readable(rows)
}

// The table of changes: adding, finding, ending and removing them. The queue of due changes is change-queue-store.ts,
// the order of one task's changes change-sequence-store.ts, and creates with a lost answer lost-create-store.ts.
import { sql, type Expression, type Insertable } from 'kysely'
import { fixedQuery, type SlotsOf } from '../../database/open-database.ts'
import type { Db, Tables } from '../../database/tables.ts'
import {
  asChangeId,
  type AccountId,
  type ChangeId,
  type ConnectionId,
  type MemberId,
  type TaskId,
  type WorkspaceId,
} from '../../support/ids.ts'
import type { ChangeStatus } from './change.ts'
import { ended, notSent, readable, unfinished, type End } from './change-rows.ts'
import { changeFrom, isUnfinished, type Fields, type StoredChange } from './stored-change.ts'

export interface NewChange {
  readonly changeId: ChangeId
  readonly connectionId: ConnectionId
  readonly workspaceId: WorkspaceId
  /** The member for whom the change is made. */
  readonly memberId: MemberId | undefined
  readonly taskId: TaskId
  readonly requestKey: string
  readonly kind: StoredChange['kind']
  readonly wanted: Fields
  readonly base: Fields
  /** The hash of the text that a `create` or `replace` gives. */
  readonly contentHash: string | null
  readonly nextAttemptAt: number
  readonly createdAt: number
}

/**
 * Lists the unfinished changes of a task, in order, and finds the change, of any task, that the same form recorded
 * before. The task's row must be locked.
 */
export async function listAhead(
  db: Db,
  accountId: AccountId,
  of: {
    readonly connectionId: ConnectionId
    readonly taskId: TaskId
    readonly requestKey: string
  },
): Promise<{ readonly ahead: readonly StoredChange[]; readonly before: StoredChange | undefined }> {
  const rows = await changesAhead(db, { ...of, accountId })
  const isOfTask = (row: (typeof rows)[number]): boolean =>
    row.connection_id === of.connectionId && row.task_id === of.taskId
  const before = rows.find(
    (row) => row.account_id === accountId && row.request_key === of.requestKey,
  )
  return {
    ahead: readable(rows.filter(isOfTask)).filter(isUnfinished),
    before: before && changeFrom(before),
  }
}

const changesAhead = fixedQuery(
  (
    db,
    value: SlotsOf<{
      accountId: AccountId
      connectionId: ConnectionId
      taskId: TaskId
      requestKey: string
    }>,
  ) =>
    db
      .selectFrom('changes')
      .selectAll()
      .where((where) =>
        where.or([
          where.and([
            where('connection_id', '=', value('connectionId')),
            where('task_id', '=', value('taskId')),
            where('status', 'in', unfinished),
          ]),
          where.and([
            where('account_id', '=', value('accountId')),
            where('request_key', '=', value('requestKey')),
          ]),
        ]),
      )
      .orderBy('sequence'),
)

/** Adds a change. Returns undefined when the same form was sent before. The task's row must be locked. */
export async function addChange(
  db: Db,
  accountId: AccountId,
  change: NewChange,
): Promise<StoredChange | undefined> {
  const { connectionId, taskId } = change
  const row: Omit<Insertable<Tables['changes']>, 'sequence'> = {
    account_id: accountId,
    change_id: change.changeId,
    connection_id: connectionId,
    workspace_id: change.workspaceId,
    member_id: change.memberId ?? null,
    task_id: taskId,
    request_key: change.requestKey,
    kind: change.kind,
    wanted: JSON.stringify(change.wanted),
    base: JSON.stringify(change.base),
    content_hash: change.contentHash,
    status: 'pending',
    attempts: 0,
    unclear_answers: 0,
    next_attempt_at: change.nextAttemptAt,
    leased_until: 0,
    lease_number: 0,
    created_at: change.createdAt,
  }
  const added = await db
    .insertInto('changes')
    .values((eb) => ({
      ...row,
      sequence: eb
        .selectFrom('changes')
        .select(sql<number>`coalesce(max(sequence), 0) + 1`.as('sequence'))
        .where('connection_id', '=', connectionId)
        .where('task_id', '=', taskId),
    }))
    .onConflict((conflict) => conflict.columns(['account_id', 'request_key']).doNothing())
    .returningAll()
    .executeTakeFirst()
  return added && changeFrom(added)
}

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

export async function countUnfinished(db: Db, accountId: AccountId): Promise<number> {
  return (await countOpen(db, accountId)).underWay
}

/** The same as a part of another query. */
export function unfinishedCountOf(db: Db, accountId: Expression<AccountId>) {
  return db
    .selectFrom('changes')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .where('status', 'in', unfinished)
    .$asScalar()
}

/** Counts the changes of an account that are under way, and those that failed. */
export async function countOpen(
  db: Db,
  accountId: AccountId,
): Promise<{ readonly underWay: number; readonly failed: number }> {
  const rows = await db
    .selectFrom('changes')
    .select(['status', ({ fn }) => fn.countAll<number>().as('count')])
    .where('account_id', '=', accountId)
    .where('status', 'in', [...unfinished, 'failed'])
    .groupBy('status')
    .execute()
  const counts = { underWay: 0, failed: 0 }
  for (const { count, status } of rows) counts[status === 'failed' ? 'failed' : 'underWay'] += count
  return counts
}

/** Counts the changes of a connection, by its owner and its seats, that are not at Attio yet. */
export async function countUnfinishedOf(db: Db, connectionId: ConnectionId): Promise<number> {
  const row = await db
    .selectFrom('changes')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('connection_id', '=', connectionId)
    .where('status', 'in', unfinished)
    .executeTakeFirst()
  return row?.count ?? 0
}

/** Counts the changes of all accounts that are still to be sent, for the operator. */
export async function countAllUnfinished(db: Db): Promise<number> {
  const row = await db
    .selectFrom('changes')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('status', 'in', unfinished)
    .executeTakeFirst()
  return row?.count ?? 0
}

export async function listFailed(
  db: Db,
  accountId: AccountId,
  count: number,
): Promise<readonly StoredChange[]> {
  const rows = await db
    .selectFrom('changes')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('status', '=', 'failed')
    .orderBy('change_id', 'desc')
    .limit(count)
    .execute()
  return readable(rows)
}

/** Ends a change that is in one of these states. Returns false when it is in none of them. */
export async function endChange(
  db: Db,
  change: Pick<StoredChange, 'accountId' | 'changeId'>,
  from: { readonly status: readonly ChangeStatus[]; readonly notLeasedAt?: number },
  end: End,
): Promise<boolean> {
  const { notLeasedAt } = from
  const result = await db
    .updateTable('changes')
    .set(ended(end))
    .where('account_id', '=', change.accountId)
    .where('change_id', '=', change.changeId)
    .where('status', 'in', from.status)
    .$if(notLeasedAt !== undefined, (query) => query.where('leased_until', '<=', notLeasedAt ?? 0))
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Makes a failed change pending again, after every other change of its task. */
export async function reviveFailed(
  db: Db,
  change: StoredChange,
  again: {
    readonly nextAttemptAt: number
    /** The values that the person sees now. */
    readonly base: Fields
  },
): Promise<boolean> {
  const result = await db
    .updateTable('changes')
    .set({
      status: 'pending',
      problem: null,
      // After an ambiguous problem the person knows that the task may exist and wants one more. Otherwise sending
      // looks for it first.
      ...(change.problem?.kind === 'ambiguous' && notSent),
      base: JSON.stringify(again.base),
      next_attempt_at: again.nextAttemptAt,
      attempts: 0,
      unclear_answers: 0,
    })
    .where('account_id', '=', change.accountId)
    .where('change_id', '=', change.changeId)
    .where('status', '=', 'failed')
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Lists the account's unfinished changes in the order in which they were made, at most `limit`. */
export async function listUnfinishedOf(
  db: Db,
  accountId: AccountId,
  limit: number,
): Promise<readonly StoredChange[]> {
  const rows = await db
    .selectFrom('changes')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('status', 'in', unfinished)
    .orderBy('change_id')
    .limit(limit)
    .execute()
  return readable(rows)
}

/** Lists the account's changes on a connection that are not at Attio: unfinished and failed ones, in order. */
export async function listUnsentOf(
  db: Db,
  connectionId: ConnectionId,
  accountId: AccountId,
): Promise<readonly StoredChange[]> {
  const rows = await db
    .selectFrom('changes')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('status', 'in', [...unfinished, 'failed'])
    .where('connection_id', '=', connectionId)
    .orderBy('change_id')
    .execute()
  return readable(rows)
}

/** Lists the connections to which the account has changes that did not reach Attio. */
export async function listConnectionsWithUnsent(
  db: Db,
  accountId: AccountId,
): Promise<readonly ConnectionId[]> {
  const rows = await db
    .selectFrom('changes')
    .select('connection_id')
    .distinct()
    .where('account_id', '=', accountId)
    .where('status', 'in', [...unfinished, 'failed'])
    .orderBy('connection_id')
    .execute()
  return rows.map((row) => row.connection_id)
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

export async function removeFinishedBefore(db: Db, before: number): Promise<void> {
  await db.deleteFrom('changes').where('finished_at', '<', before).returning('account_id').execute()
}

export async function removeChanges(db: Db, connectionId: ConnectionId): Promise<void> {
  await db.deleteFrom('changes').where('connection_id', '=', connectionId).execute()
}

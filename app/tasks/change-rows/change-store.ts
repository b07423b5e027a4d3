// The table of changes, writing: adding, ending, reviving and removing them. The queue of due changes is
// change-queue-store.ts, the order of one task's changes change-sequence-store.ts, and creates with a lost answer
// lost-create-store.ts.
import { sql, type Insertable } from 'kysely'
import { fixedQuery, type SlotsOf } from '../../database/open-database.ts'
import type { Db, Tables } from '../../database/tables.ts'
import type {
  AccountId,
  ChangeId,
  ConnectionId,
  MemberId,
  TaskId,
  WorkspaceId,
} from '../../support/ids.ts'
import type { ChangeStatus } from './change.ts'
import { ended, notSent, readable, unfinished, type End } from './change-states.ts'
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

export async function removeFinishedBefore(db: Db, before: number): Promise<void> {
  await db.deleteFrom('changes').where('finished_at', '<', before).returning('account_id').execute()
}

export async function removeChanges(db: Db, connectionId: ConnectionId): Promise<void> {
  await db.deleteFrom('changes').where('connection_id', '=', connectionId).execute()
}

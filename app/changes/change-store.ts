// The table of changes. Of each task only the first unfinished change is ever due, so that they reach Attio in order.
import { sql, type Insertable, type Selectable } from 'kysely'
import type { Db, Tables } from '../database/tables.ts'
import type { AccountId, ChangeId, ConnectionId, TaskId, WorkspaceId } from '../support/ids.ts'
import type { ChangeProblem, ChangeStatus } from './change.ts'
import { fieldsOf, only, without } from './same-field.ts'
import { changeFrom, type Fields, type StoredChange } from './stored-change.ts'

const unfinished = ['pending', 'sent'] as const

/** Not before the one ahead of it is finished. */
export const notYet = Number.MAX_SAFE_INTEGER

export interface NewChange {
  readonly changeId: ChangeId
  readonly connectionId: ConnectionId
  readonly workspaceId: WorkspaceId
  readonly taskId: TaskId
  readonly requestKey: string
  readonly kind: StoredChange['kind']
  readonly wanted: Fields
  readonly base: Fields
  /** Of the text that `create` and `replace` give. */
  readonly contentHash: string | null
  readonly nextAttemptAt: number
  readonly createdAt: number
}

/** Undefined when the same form was sent before. The task's row must be locked. */
export async function addChange(
  db: Db,
  accountId: AccountId,
  change: NewChange,
): Promise<StoredChange | undefined> {
  const { connectionId, taskId } = change
  const last = await db
    .selectFrom('changes')
    .select(({ fn }) => fn.max('sequence').as('sequence'))
    .where('connection_id', '=', connectionId)
    .where('task_id', '=', taskId)
    .executeTakeFirst()
  const row: Insertable<Tables['changes']> = {
    account_id: accountId,
    change_id: change.changeId,
    connection_id: connectionId,
    workspace_id: change.workspaceId,
    task_id: taskId,
    sequence: (last?.sequence ?? 0) + 1,
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
    .values(row)
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

/** For the export of everything: all that is kept, in order. */
export async function listChanges(db: Db, accountId: AccountId): Promise<readonly StoredChange[]> {
  const rows = await db
    .selectFrom('changes')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('change_id')
    .execute()
  return readable(rows)
}

/** The task that stands for one that was replaced. */
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

/** What is under way for a task, in order. */
export async function listUnfinished(
  db: Db,
  connectionId: ConnectionId,
  taskId: TaskId,
): Promise<readonly StoredChange[]> {
  const rows = await db
    .selectFrom('changes')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .where('task_id', '=', taskId)
    .where('status', 'in', unfinished)
    .orderBy('sequence')
    .execute()
  return readable(rows)
}

export async function countUnfinished(db: Db, accountId: AccountId): Promise<number> {
  const row = await db
    .selectFrom('changes')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
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

export interface Claim {
  readonly at: number
  readonly until: number
  readonly count: number
  /** Connections that have enough under way on this node. */
  readonly except: readonly ConnectionId[]
}

export interface Claimed {
  readonly changes: readonly StoredChange[]
  /** Rows that nobody can read: they are leased as well, and stop nobody else (RL-35). */
  readonly unreadable: readonly ChangeId[]
}

/**
 * Claims what is due, over all accounts: the connections take turns, within one the eldest comes first. Whoever holds an
 * older lease number writes nothing any more.
 */
export async function claimDue(db: Db, claim: Claim): Promise<Claimed> {
  const { at, until, count, except } = claim
  const due = await db
    .with('due', (with_) =>
      with_
        .selectFrom('changes')
        .select([
          'account_id',
          'change_id',
          'connection_id',
          'next_attempt_at',
          sql<number>`row_number() over (partition by connection_id order by created_at, change_id)`.as(
            'turn',
          ),
        ])
        .where('status', 'in', unfinished)
        .where('next_attempt_at', '<=', at)
        .where('leased_until', '<=', at)
        .$if(except.length > 0, (query) => query.where('connection_id', 'not in', except)),
    )
    .selectFrom('due')
    .select(['account_id', 'change_id'])
    .where('turn', '<=', 2)
    .orderBy('turn')
    .orderBy('next_attempt_at')
    .orderBy('change_id')
    .limit(count)
    .execute()
  if (due.length === 0) return { changes: [], unreadable: [] }
  const rows = await db
    .updateTable('changes')
    .set({
      status: 'sent',
      leased_until: until,
      lease_number: sql<number>`lease_number + 1`,
      attempts: sql<number>`attempts + 1`,
    })
    .where(
      'change_id',
      'in',
      due.map((row) => row.change_id),
    )
    .where('status', 'in', unfinished)
    .where('leased_until', '<=', at)
    .where('next_attempt_at', '<=', at)
    .returningAll()
    .execute()
  const changes = readable(rows)
  const read = new Set(changes.map(({ changeId }) => changeId))
  const ids = rows.map((row) => row.change_id)
  return { changes, unreadable: ids.filter((changeId) => !read.has(changeId)) }
}

/** A row that was spoilt is passed over: it keeps nobody from the others (RL-35). */
function readable(rows: readonly Selectable<Tables['changes']>[]): StoredChange[] {
  return rows.flatMap((row) => {
    try {
      return [changeFrom(row)]
    } catch {
      return []
    }
  })
}

/** Writes to a change while its lease holds. False when it was lost, or the change was settled meanwhile. */
export async function updateLeased(
  db: Db,
  change: StoredChange,
  set: {
    readonly sentAt?: number | null
    readonly createdTaskId?: TaskId
  },
): Promise<boolean> {
  const result = await leased(db, change)
    .set({
      ...(set.sentAt !== undefined && { sent_at: set.sentAt }),
      ...(set.createdTaskId !== undefined && { created_task_id: set.createdTaskId }),
    })
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Ends the lease: to be sent again. */
export async function postpone(
  db: Db,
  change: StoredChange,
  again: {
    readonly at: number
    /** Attio did nothing of it, for certain. */
    readonly isUnsent: boolean
    readonly unclearAnswers: number
  },
): Promise<void> {
  await leased(db, change)
    .set({
      leased_until: 0,
      next_attempt_at: again.at,
      unclear_answers: again.unclearAnswers,
      // An earlier attempt may have arrived all the same.
      ...(again.isUnsent && change.sentAt === undefined && { sent_at: null }),
      ...(again.isUnsent && change.attempts === 1 && { status: 'pending', attempts: 0 }),
    })
    .execute()
}

/** Ends the lease, for good. False when it was lost. */
export async function finishLeased(
  db: Db,
  change: StoredChange,
  end: {
    readonly status: 'done' | 'failed'
    readonly problem?: ChangeProblem
    readonly createdTaskId?: TaskId
    readonly at: number
  },
): Promise<boolean> {
  const result = await leased(db, change)
    .set({
      ...ended(end),
      ...(end.createdTaskId !== undefined && { created_task_id: end.createdTaskId }),
    })
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

function leased(db: Db, { accountId, changeId, leaseNumber }: StoredChange) {
  return db
    .updateTable('changes')
    .where('account_id', '=', accountId)
    .where('change_id', '=', changeId)
    .where('lease_number', '=', leaseNumber)
    .where('status', '=', 'sent')
}

interface End {
  readonly status: ChangeStatus
  readonly problem?: ChangeProblem
  readonly at: number
}

function ended({ status, problem, at }: End) {
  return {
    status,
    problem: problem === undefined ? null : JSON.stringify(problem),
    finished_at: status === 'failed' ? null : at,
    leased_until: 0,
  } as const
}

/** Ends a change that is in one of these states. False when it is in none. */
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

/** Somebody changed a part of it in Attio: only the rest is still wanted, the part stands as refused. */
export async function splitOff(
  db: Db,
  change: StoredChange,
  part: {
    readonly changeId: ChangeId
    readonly wanted: Fields
    readonly rest: Fields
    readonly problem: ChangeProblem
  },
): Promise<void> {
  const { accountId, changeId } = change
  const row = await db
    .updateTable('changes')
    .set({ wanted: JSON.stringify(part.rest) })
    .where('account_id', '=', accountId)
    .where('change_id', '=', changeId)
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) return
  const others = await listOfTask(db, change.connectionId, change.taskId)
  await db
    .insertInto('changes')
    .values({
      ...row,
      change_id: part.changeId,
      request_key: part.changeId,
      sequence: Math.max(...others.map(({ sequence }) => sequence)) + 1,
      wanted: JSON.stringify(part.wanted),
      status: 'failed',
      problem: JSON.stringify(part.problem),
      leased_until: 0,
      created_task_id: null,
    })
    .execute()
}

/** A failed change is wanted again, behind whatever was wanted of the task since. */
export async function reviveFailed(
  db: Db,
  change: StoredChange,
  again: {
    readonly nextAttemptAt: number
    /** What the person sees now. */
    readonly base: Fields
  },
): Promise<boolean> {
  const result = await db
    .updateTable('changes')
    .set({
      status: 'pending',
      problem: null,
      sent_at: null,
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

/** A change that was given up is no longer what the next ones were made over: what it was made over itself is. */
export async function rebaseNext(db: Db, given: StoredChange): Promise<void> {
  let fields: Fields = given.base
  for (const change of await listUnfinished(db, given.connectionId, given.taskId)) {
    if (change.sequence < given.sequence || change.kind !== 'update') continue
    const taken = fieldsOf(given.wanted).filter(
      (field) => change.wanted[field] !== undefined && fields[field] !== undefined,
    )
    if (taken.length === 0) continue
    const base = { ...change.base, ...only(fields, taken) }
    fields = without(fields, taken)
    await db
      .updateTable('changes')
      .set({ base: JSON.stringify(base) })
      .where('account_id', '=', change.accountId)
      .where('change_id', '=', change.changeId)
      .execute()
  }
}

/** The first unfinished change of a task becomes due, unless it is or waits for an instant of its own. */
export async function releaseNext(
  db: Db,
  connectionId: ConnectionId,
  taskId: TaskId,
  dueAt: (change: StoredChange) => number,
): Promise<void> {
  const [first] = await listUnfinished(db, connectionId, taskId)
  if (first === undefined || first.nextAttemptAt !== notYet) return
  await db
    .updateTable('changes')
    .set({ next_attempt_at: dueAt(first) })
    .where('account_id', '=', first.accountId)
    .where('change_id', '=', first.changeId)
    .execute()
}

/** What was wanted of one task is wanted of another from now on: of the one that stands for it. */
export async function moveChanges(
  db: Db,
  connectionId: ConnectionId,
  move: { readonly from: TaskId; readonly to: TaskId; readonly except: ChangeId },
): Promise<void> {
  const waiting = (await listOfTask(db, connectionId, move.from)).filter(
    ({ changeId, status }) =>
      changeId !== move.except && status !== 'done' && status !== 'withdrawn',
  )
  const there = await listOfTask(db, connectionId, move.to)
  let sequence = Math.max(0, ...there.map((change) => change.sequence))
  for (const change of waiting) {
    sequence += 1
    await db
      .updateTable('changes')
      .set({ task_id: move.to, sequence })
      .where('account_id', '=', change.accountId)
      .where('change_id', '=', change.changeId)
      .execute()
  }
}

async function listOfTask(
  db: Db,
  connectionId: ConnectionId,
  taskId: TaskId,
): Promise<readonly StoredChange[]> {
  const rows = await db
    .selectFrom('changes')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .where('task_id', '=', taskId)
    .orderBy('sequence')
    .execute()
  return readable(rows)
}

/** Creates of the same text in the same workspace whose answer was lost, over all accounts, in order. */
export async function listUnknownCreates(
  db: Db,
  workspaceId: WorkspaceId,
  contentHash: string,
): Promise<readonly ChangeId[]> {
  const rows = await db
    .selectFrom('changes')
    .select('change_id')
    .where('workspace_id', '=', workspaceId)
    .where('content_hash', '=', contentHash)
    .where('sent_at', 'is not', null)
    .where('created_task_id', 'is', null)
    .where('status', 'in', unfinished)
    .orderBy('change_id')
    .execute()
  return rows.map((row) => row.change_id)
}

/** Of the texts of a connection's creates whose answer was lost. */
export async function listUnknownHashes(
  db: Db,
  connectionId: ConnectionId,
): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('changes')
    .select('content_hash')
    .where('connection_id', '=', connectionId)
    .where('sent_at', 'is not', null)
    .where('created_task_id', 'is', null)
    .where('status', 'in', unfinished)
    .execute()
  return new Set(rows.flatMap((row) => row.content_hash ?? []))
}

/** Which of these tasks are known to be the work of a change, over all accounts. */
export async function listKnownCreations(
  db: Db,
  taskIds: readonly TaskId[],
): Promise<ReadonlySet<TaskId>> {
  if (taskIds.length === 0) return new Set()
  const rows = await db
    .selectFrom('changes')
    .select('created_task_id')
    .where('created_task_id', 'in', taskIds)
    .execute()
  return new Set(rows.flatMap((row) => row.created_task_id ?? []))
}

/** Has what waits for another attempt tried now; what is held is held. */
export async function makeDueNow(
  db: Db,
  connectionId: ConnectionId,
  { at, heldSince }: { readonly at: number; readonly heldSince: number },
): Promise<void> {
  await db
    .updateTable('changes')
    .set({ next_attempt_at: at })
    .where('connection_id', '=', connectionId)
    .where('status', 'in', unfinished)
    .where('next_attempt_at', '>', at)
    .where('next_attempt_at', '<', notYet)
    .where((where) =>
      where.or([where('kind', 'in', ['create', 'update']), where('created_at', '<=', heldSince)]),
    )
    .execute()
}

/** For the one process that a SQLite file has: whoever held a lease before it is dead. */
export async function releaseLeases(db: Db): Promise<void> {
  await db.updateTable('changes').set({ leased_until: 0 }).where('leased_until', '>', 0).execute()
}

export async function removeFinishedBefore(db: Db, before: number): Promise<void> {
  await db.deleteFrom('changes').where('finished_at', '<', before).execute()
}

export async function removeChanges(db: Db, connectionId: ConnectionId): Promise<void> {
  await db.deleteFrom('changes').where('connection_id', '=', connectionId).execute()
}

// The table of changes as a queue: due changes are claimed with a lease, and only its holder writes them.
import { sql, type Selectable } from 'kysely'
import type { Db, Tables } from '../../database/tables.ts'
import { asConnectionId, type ChangeId, type ConnectionId, type TaskId } from '../../support/ids.ts'
import {
  chooseInTurn,
  measureQueue,
  notYet,
  released,
  type Queue,
  type QueueState,
} from '../../work/work.ts'
import type { ChangeProblem } from './change.ts'
import { changeLease, ended, isUnfinishedRow, notSent, readable } from './change-states.ts'
import type { StoredChange } from './stored-change.ts'

/** Changes to send to Attio. */
export const dueChanges: Queue = { table: 'changes', lease: changeLease, only: isUnfinishedRow }

export interface Claim {
  readonly at: number
  readonly count: number
  /** The number of the connection's changes that can still be started. */
  readonly roomOf: (connectionId: ConnectionId) => number
  /** True for a change that this node is sending: after its clock was set ahead, the lease looks expired. */
  readonly isUnderWay: (changeId: ChangeId) => boolean
  /** The connection that was served last. */
  readonly after: ConnectionId | undefined
}

export interface Claimed {
  readonly changes: readonly StoredChange[]
  /** Changes whose rows cannot be read: they are leased, too, so that they do not block the others (RL-35). */
  readonly unreadable: readonly ChangeId[]
  /** The connection that was served last by this claim. */
  readonly after: ConnectionId | undefined
}

/** Claims due changes of all accounts, connection after connection, and the oldest of each first. */
export async function claimDue(db: Db, claim: Claim): Promise<Claimed> {
  const { at, after: servedLast, count, isUnderWay, roomOf } = claim
  const due = await chooseInTurn({
    count,
    roomOf,
    after: servedLast,
    ownerOf: (row: Due) => row.connection_id,
    listNext: async (after) => {
      const next = await listNextDue(db, claim, after)
      return next.filter((row) => !isUnderWay(row.change_id))
    },
  })
  const after = due.at(-1)?.connection_id ?? servedLast
  if (due.length === 0) return { changes: [], unreadable: [], after }
  const unlocked = db
    .selectFrom('changes')
    .select(['account_id', 'change_id'])
    .where((where) =>
      where.or(
        due.map((row) =>
          where.and([
            where('account_id', '=', row.account_id),
            where('change_id', '=', row.change_id),
          ]),
        ),
      ),
    )
    .forUpdate()
    .skipLocked()
  const rows = await db
    .updateTable('changes')
    .set({
      status: 'sent',
      attempts: sql<number>`attempts + 1`,
      ...changeLease.claimed(at),
    })
    .where((eb) =>
      eb(
        eb.refTuple('account_id', 'change_id'),
        'in',
        unlocked.$asTuple('account_id', 'change_id'),
      ),
    )
    .where(isUnfinishedRow)
    .where(changeLease.isClaimable(at))
    .returningAll()
    .execute()
  const changes = readable(rows)
  const read = new Set(changes.map(({ changeId }) => changeId))
  const ids = rows.map((row) => row.change_id)
  return { changes, unreadable: ids.filter((changeId) => !read.has(changeId)), after }
}

type Due = Pick<Selectable<Tables['changes']>, 'account_id' | 'change_id' | 'connection_id'>

/** Lists the due changes of the next connection, oldest first; later rows may belong to other connections. */
function listNextDue(
  db: Db,
  { at, count }: Claim,
  after: ConnectionId | undefined,
): Promise<readonly Due[]> {
  return db
    .selectFrom('changes')
    .select(['account_id', 'change_id', 'connection_id'])
    .where(isUnfinishedRow)
    .where(changeLease.isClaimable(at))
    .$if(after !== undefined, (query) =>
      query.where('connection_id', '>', after ?? asConnectionId('')),
    )
    .orderBy('connection_id')
    .orderBy('created_at')
    .orderBy('change_id')
    .limit(count)
    .execute()
}

/**
 * Updates a change while its lease holds. Returns false when the lease was lost or the change was settled meanwhile.
 */
export async function updateLeased(
  db: Db,
  change: StoredChange,
  set: {
    readonly sentAt?: number
    readonly createdTaskId?: TaskId
  },
): Promise<boolean> {
  const result = await leased(db, change)
    .set({
      ...(set.sentAt !== undefined && {
        sent_at: set.sentAt,
        first_sent_at: sql<number>`coalesce(first_sent_at, ${set.sentAt})`,
      }),
      ...(set.createdTaskId !== undefined && found(set.createdTaskId)),
    })
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Ends the lease and sets when the change is sent again. */
export async function postpone(
  db: Db,
  change: StoredChange,
  again: {
    readonly at: number
    /** True when Attio certainly did not apply the change. */
    readonly isUnsent: boolean
    readonly unclearAnswers: number
  },
): Promise<void> {
  await leased(db, change)
    .set({
      ...released,
      next_attempt_at: again.at,
      unclear_answers: again.unclearAnswers,
      // An earlier attempt may have been applied.
      ...(again.isUnsent && change.sentAt === undefined && notSent),
      ...(again.isUnsent && change.attempts === 1 && { status: 'pending', attempts: 0 }),
    })
    .execute()
}

export interface FinishedChange {
  readonly status: 'done' | 'failed'
  readonly problem?: ChangeProblem
  readonly createdTaskId?: TaskId
  readonly createdNoteId?: string
  readonly at: number
}

/** Finishes the change and ends its lease. Returns false when the lease was lost. */
export async function finishLeased(
  db: Db,
  change: StoredChange,
  end: FinishedChange,
): Promise<boolean> {
  const result = await leased(db, change)
    .set({
      ...ended(end),
      ...(end.createdTaskId !== undefined && found(end.createdTaskId)),
      ...(end.createdNoteId !== undefined && {
        created_note_id: end.createdNoteId,
        sent_at: null,
      }),
    })
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** The created task is known, so `sent_at` is cleared and no lookup is needed. */
function found(taskId: TaskId) {
  return { created_task_id: taskId, sent_at: null } as const
}

function leased(db: Db, { accountId, changeId, leaseNumber }: StoredChange) {
  return db
    .updateTable('changes')
    .where('account_id', '=', accountId)
    .where('change_id', '=', changeId)
    .where('lease_number', '=', leaseNumber)
    .where('status', '=', 'sent')
}

/** Makes changes that wait for a retry due now; deletes, replacements and notes stay held while they can be undone. */
export async function makeDueNow(
  db: Db,
  connectionId: ConnectionId,
  { at, heldSince }: { readonly at: number; readonly heldSince: number },
): Promise<void> {
  await db
    .updateTable('changes')
    .set({ next_attempt_at: at })
    .where('connection_id', '=', connectionId)
    .where(isUnfinishedRow)
    .where('next_attempt_at', '>', at)
    .where('next_attempt_at', '<', notYet)
    .where((where) =>
      where.or([where('kind', 'in', ['create', 'update']), where('created_at', '<=', heldSince)]),
    )
    .execute()
}

/** Releases every lease. Only for SQLite, where a starting process is the only one. */
export async function releaseLeases(db: Db): Promise<void> {
  await db.updateTable('changes').set(released).where('leased_until', '>', 0).execute()
}

/** Measures the changes of all accounts that are due. */
export function measureDueChanges(db: Db, at: number): Promise<QueueState> {
  const queue = { table: 'changes', dueColumn: 'next_attempt_at', only: isUnfinishedRow }
  return measureQueue(db, queue, at)
}

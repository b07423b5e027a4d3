// The table of refetch requests: the subjects that webhooks named, to be read from Attio again. Deliveries about one
// subject share a row, which is finished by a read that begins after the latest of them.
import { sql, type Selectable } from 'kysely'
import type { Db, Tables } from '../../database/tables.ts'
import type { AccountId, ConnectionId, RefetchRequestId, TaskId } from '../../support/ids.ts'
import {
  createLease,
  measureQueue,
  released,
  type Queue,
  type QueueState,
} from '../../work/work.ts'
import type { Owner } from '../webhook-parts.ts'

export type RefetchSubject =
  | { readonly about: 'task'; readonly taskId: TaskId }
  | { readonly about: 'members' }
  /** The names of linked records that are not known yet. */
  | { readonly about: 'names' }
  /** Events may have been lost, so a full sync is needed. */
  | { readonly about: 'everything' }

/** A request that this worker may process; `number` shows whether deliveries arrived meanwhile. */
export interface RefetchLease extends Owner {
  readonly refetchRequestId: RefetchRequestId
  readonly subject: RefetchSubject
  readonly number: number
  readonly requestedAt: number
  /** The number of failed reads before this one. */
  readonly attempts: number
  readonly leaseNumber: number
}

/** The longest back-off between two reads. */
export const longestRefetchWaitMs = 15 * 60_000

const lease = createLease({
  lastsMs: 60_000,
  dueColumn: 'next_attempt_at',
  longestWaitMs: longestRefetchWaitMs,
})

/** Tasks and workspaces to read again, because Attio told of a change. */
export const refetchRequests: Queue = { table: 'refetch_requests', lease }

export interface NewRefetchRequest extends Owner {
  readonly refetchRequestId: RefetchRequestId
  readonly subject: RefetchSubject
}

/**
 * Adds requests of any connections; each subject may occur once. A request in back-off keeps its due time, because
 * another delivery makes Attio no faster.
 */
export async function addRefetchRequests(
  db: Db,
  requests: readonly NewRefetchRequest[],
  at: number,
): Promise<void> {
  if (requests.length === 0) return
  await db
    .insertInto('refetch_requests')
    .values(
      requests.map(({ accountId, connectionId, refetchRequestId, subject }) => ({
        account_id: accountId,
        connection_id: connectionId,
        refetch_request_id: refetchRequestId,
        ...columnsOf(subject),
        number: 1,
        requested_at: at,
        attempts: 0,
        next_attempt_at: at,
        leased_until: 0,
        lease_number: 0,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['connection_id', 'about', 'task_id'])
        .doUpdateSet({ number: sql<number>`refetch_requests.number + 1` }),
    )
    .execute()
}

/** Requests a full sync, since events may have been lost. */
export async function requestFullSync(
  db: Db,
  owner: Owner,
  gap: { readonly refetchRequestId: RefetchRequestId; readonly at: number },
): Promise<void> {
  const { accountId, connectionId } = owner
  const { refetchRequestId, at } = gap
  await addRefetchRequests(
    db,
    [{ accountId, connectionId, refetchRequestId, subject: { about: 'everything' } }],
    at,
  )
}

/** Lists connections of any account with a due request, the longest waiting first. */
export async function listDueOwners(
  db: Db,
  due: { readonly at: number; readonly limit: number },
): Promise<readonly Owner[]> {
  const rows = await db
    .selectFrom('refetch_requests')
    .select(['account_id', 'connection_id'])
    .where(lease.isClaimable(due.at))
    .groupBy(['account_id', 'connection_id'])
    .orderBy(({ fn }) => fn.min('next_attempt_at'))
    .limit(due.limit)
    .execute()
  return rows.map((row) => ({ accountId: row.account_id, connectionId: row.connection_id }))
}

/** Claims the connection's next due request. */
export async function claimRefetchRequest(
  db: Db,
  connectionId: ConnectionId,
  at: number,
): Promise<RefetchLease | undefined> {
  const due = db
    .selectFrom('refetch_requests')
    .select('refetch_request_id')
    .where('connection_id', '=', connectionId)
    .where(lease.isClaimable(at))
    .orderBy('next_attempt_at')
    .orderBy('refetch_request_id')
    .limit(1)
    .forUpdate()
    .skipLocked()
  const row = await db
    .updateTable('refetch_requests')
    .set(lease.claimed(at))
    .where('connection_id', '=', connectionId)
    .where('refetch_request_id', '=', due)
    .where(lease.isClaimable(at))
    .returningAll()
    .executeTakeFirst()
  return row === undefined ? undefined : fromRow(row)
}

/** Removes the request, unless a delivery arrived during the read: then it is due again at once. */
export async function finishRefetchRequest(db: Db, held: RefetchLease, at: number): Promise<void> {
  const { connectionId, refetchRequestId, number, leaseNumber } = held
  const removed = await db
    .deleteFrom('refetch_requests')
    .where('connection_id', '=', connectionId)
    .where('refetch_request_id', '=', refetchRequestId)
    .where('lease_number', '=', leaseNumber)
    .where('number', '=', number)
    .executeTakeFirst()
  if (removed.numDeletedRows === 1n) return
  await heldRow(db, held)
    .set({ ...released, attempts: 0, requested_at: at, next_attempt_at: at })
    .execute()
}

export async function postponeRefetchRequest(
  db: Db,
  held: RefetchLease,
  until: number,
): Promise<void> {
  await heldRow(db, held)
    .set({ ...released, attempts: held.attempts + 1, next_attempt_at: until })
    .execute()
}

/** Removes the request even if deliveries arrived meanwhile. Returns false when the lease was lost. */
export async function dropRefetchRequest(db: Db, held: RefetchLease): Promise<boolean> {
  const removed = await db
    .deleteFrom('refetch_requests')
    .where('connection_id', '=', held.connectionId)
    .where('refetch_request_id', '=', held.refetchRequestId)
    .where('lease_number', '=', held.leaseNumber)
    .executeTakeFirst()
  return removed.numDeletedRows === 1n
}

function heldRow(db: Db, { connectionId, refetchRequestId, leaseNumber }: RefetchLease) {
  return db
    .updateTable('refetch_requests')
    .where('connection_id', '=', connectionId)
    .where('refetch_request_id', '=', refetchRequestId)
    .where('lease_number', '=', leaseNumber)
}

/** Ends every lease. Only for the single process on a SQLite file, where earlier holders are dead. */
export async function releaseRefetchLeases(db: Db): Promise<void> {
  await db.updateTable('refetch_requests').set(released).execute()
}

/** Gives a connection's requests to its new owner. */
export async function moveRefetchRequests(
  db: Db,
  connectionId: ConnectionId,
  to: AccountId,
): Promise<void> {
  await db
    .updateTable('refetch_requests')
    .set({ account_id: to })
    .where('connection_id', '=', connectionId)
    .execute()
}

export async function removeRefetchRequests(db: Db, connectionId: ConnectionId): Promise<void> {
  await db.deleteFrom('refetch_requests').where('connection_id', '=', connectionId).execute()
}

function fromRow(row: Selectable<Tables['refetch_requests']>): RefetchLease {
  return {
    accountId: row.account_id,
    connectionId: row.connection_id,
    refetchRequestId: row.refetch_request_id,
    subject: subjectOf(row),
    number: row.number,
    requestedAt: row.requested_at,
    attempts: row.attempts,
    leaseNumber: row.lease_number,
  }
}

type SubjectColumns = Pick<Selectable<Tables['refetch_requests']>, 'about' | 'task_id'>

/** An older node that runs beside this one takes a request for names for a full sync, which reads them, too. */
function columnsOf(subject: RefetchSubject): SubjectColumns {
  switch (subject.about) {
    case 'task':
      return { about: 'task', task_id: subject.taskId }
    case 'names':
      return { about: 'everything', task_id: 'names' }
    case 'members':
    case 'everything':
      return { about: subject.about, task_id: '' }
  }
}

function subjectOf({ about, task_id: taskId }: SubjectColumns): RefetchSubject {
  if (taskId === 'names') return { about: 'names' }
  if (about !== 'task') return { about }
  return taskId === '' ? { about: 'everything' } : { about: 'task', taskId }
}

/** Measures the requests of all connections that are due. */
export function measureDueRefetches(db: Db, at: number): Promise<QueueState> {
  return measureQueue(db, { table: 'refetch_requests', dueColumn: 'next_attempt_at' }, at)
}

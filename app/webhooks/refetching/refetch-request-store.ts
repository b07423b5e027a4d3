// The table of hints: what there is reason to look at in Attio. However many deliveries give the same reason, it is
// one row, and one look that begins after the latest of them settles it.
import { sql, type Selectable } from 'kysely'
import type { Db, Tables } from '../../database/tables.ts'
import type { ConnectionId, HintId, TaskId } from '../../support/ids.ts'
import type { Owner } from '../webhook-parts.ts'

export type Hint =
  | { readonly about: 'task'; readonly taskId: TaskId }
  | { readonly about: 'members' }
  /** Events may have been lost: a walk. */
  | { readonly about: 'everything' }

/** Who holds it may look; the numbers tell whether that was enough. */
export interface HintLease extends Owner {
  readonly hintId: HintId
  readonly hint: Hint
  readonly number: number
  readonly notedAt: number
  /** Looks before this one that came to nothing. */
  readonly attempts: number
  readonly leaseNumber: number
}

export interface NewHint extends Owner {
  readonly hintId: HintId
  readonly hint: Hint
}

/**
 * Of whichever connections, each hint once. One that waits after a failure goes on waiting: another reason makes Attio
 * no faster.
 */
export async function noteHints(db: Db, hints: readonly NewHint[], at: number): Promise<void> {
  if (hints.length === 0) return
  await db
    .insertInto('webhook_hints')
    .values(
      hints.map(({ accountId, connectionId, hintId, hint }) => ({
        account_id: accountId,
        connection_id: connectionId,
        hint_id: hintId,
        about: hint.about,
        task_id: hint.about === 'task' ? hint.taskId : ('' as const),
        number: 1,
        noted_at: at,
        attempts: 0,
        next_attempt_at: at,
        leased_until: 0,
        lease_number: 0,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['connection_id', 'about', 'task_id'])
        .doUpdateSet({ number: sql<number>`webhook_hints.number + 1` }),
    )
    .execute()
}

/** Events may have been lost: a walk is to find out. */
export async function noteGap(
  db: Db,
  owner: Owner,
  gap: { readonly hintId: HintId; readonly at: number },
): Promise<void> {
  const { accountId, connectionId } = owner
  const { hintId, at } = gap
  await noteHints(db, [{ accountId, connectionId, hintId, hint: { about: 'everything' } }], at)
}

/** For the worker, over all accounts: connections that have something due, the longest waiting first. */
export async function listDueOwners(
  db: Db,
  due: { readonly at: number; readonly limit: number },
): Promise<readonly Owner[]> {
  const rows = await db
    .selectFrom('webhook_hints')
    .select(['account_id', 'connection_id'])
    .where('next_attempt_at', '<=', due.at)
    .where('leased_until', '<=', due.at)
    .groupBy(['account_id', 'connection_id'])
    .orderBy(({ fn }) => fn.min('next_attempt_at'))
    .limit(due.limit)
    .execute()
  return rows.map((row) => ({ accountId: row.account_id, connectionId: row.connection_id }))
}

/** Claims a connection's next hint that is due. One statement, one holder. */
export async function leaseDueHint(
  db: Db,
  connectionId: ConnectionId,
  lease: { readonly at: number; readonly until: number },
): Promise<HintLease | undefined> {
  const due = db
    .selectFrom('webhook_hints')
    .select('hint_id')
    .where('connection_id', '=', connectionId)
    .where('next_attempt_at', '<=', lease.at)
    .where('leased_until', '<=', lease.at)
    .orderBy('next_attempt_at')
    .orderBy('hint_id')
    .limit(1)
  const row = await db
    .updateTable('webhook_hints')
    .set({ leased_until: lease.until, lease_number: sql<number>`lease_number + 1` })
    .where('connection_id', '=', connectionId)
    .where('hint_id', 'in', due)
    .where('leased_until', '<=', lease.at)
    .returningAll()
    .executeTakeFirst()
  return row === undefined ? undefined : fromRow(row)
}

/** Looked: done, unless there was a new reason meanwhile. Then the hint is due again at once. */
export async function settleHint(db: Db, lease: HintLease, at: number): Promise<void> {
  const { connectionId, hintId, number, leaseNumber } = lease
  const removed = await db
    .deleteFrom('webhook_hints')
    .where('connection_id', '=', connectionId)
    .where('hint_id', '=', hintId)
    .where('lease_number', '=', leaseNumber)
    .where('number', '=', number)
    .executeTakeFirst()
  if (removed.numDeletedRows === 1n) return
  await db
    .updateTable('webhook_hints')
    .set({ leased_until: 0, attempts: 0, noted_at: at, next_attempt_at: at })
    .where('connection_id', '=', connectionId)
    .where('hint_id', '=', hintId)
    .where('lease_number', '=', leaseNumber)
    .execute()
}

export async function postponeHint(db: Db, lease: HintLease, until: number): Promise<void> {
  await db
    .updateTable('webhook_hints')
    .set({ leased_until: 0, attempts: lease.attempts + 1, next_attempt_at: until })
    .where('connection_id', '=', lease.connectionId)
    .where('hint_id', '=', lease.hintId)
    .where('lease_number', '=', lease.leaseNumber)
    .execute()
}

/** Whatever came meanwhile: nobody looks any more. False when somebody else holds it now. */
export async function dropHint(db: Db, lease: HintLease): Promise<boolean> {
  const removed = await db
    .deleteFrom('webhook_hints')
    .where('connection_id', '=', lease.connectionId)
    .where('hint_id', '=', lease.hintId)
    .where('lease_number', '=', lease.leaseNumber)
    .executeTakeFirst()
  return removed.numDeletedRows === 1n
}

/** For the one process that a SQLite file has: whoever held a lease before it is dead. */
export async function forgetHintLeases(db: Db): Promise<void> {
  await db.updateTable('webhook_hints').set({ leased_until: 0 }).execute()
}

export async function removeHints(db: Db, connectionId: ConnectionId): Promise<void> {
  await db.deleteFrom('webhook_hints').where('connection_id', '=', connectionId).execute()
}

function fromRow(row: Selectable<Tables['webhook_hints']>): HintLease {
  return {
    accountId: row.account_id,
    connectionId: row.connection_id,
    hintId: row.hint_id,
    hint: hintOf(row),
    number: row.number,
    notedAt: row.noted_at,
    attempts: row.attempts,
    leaseNumber: row.lease_number,
  }
}

function hintOf(row: Selectable<Tables['webhook_hints']>): Hint {
  if (row.about !== 'task') return { about: row.about }
  return row.task_id === '' ? { about: 'everything' } : { about: 'task', taskId: row.task_id }
}

// The table of mirrors, writing: which sync holds the lease of a copy, how syncs ended, and when the next one is due.
import { sql, type SqlBool } from 'kysely'
import type { Db } from '../database/tables.ts'
import type { AccountId, ConnectionId } from '../support/ids.ts'
import { readInPieces } from '../support/keyset-pieces.ts'
import { hasCome, measureQueue, released, type Queue, type QueueState } from '../work/work.ts'
import { syncEveryMs } from './schedule.ts'
import type { Unread } from './unreadable.ts'
import { allMembers, type MirrorProblem } from './mirror-state-store.ts'
import { syncLease, longestSyncWaitMs, type MirrorLease } from './mirror-lease.ts'

/** Copies to sync. */
export const dueSyncs: Queue = {
  table: 'mirrors',
  lease: syncLease,
  only: sql<SqlBool>`account_id is not null`,
}

interface Owner {
  readonly accountId: AccountId
  readonly connectionId: ConnectionId
}

/** Claims the sync of a connection whose copy is older than `staleBefore`, unless it rests after a failure. */
export async function claimMirror(
  db: Db,
  { accountId, connectionId }: Owner,
  { at, staleAfterMs }: { readonly at: number; readonly staleAfterMs: number },
): Promise<MirrorLease | undefined> {
  await db
    .insertInto('mirrors')
    .values(newRow({ accountId, connectionId }))
    .onConflict((conflict) => conflict.column('connection_id').doNothing())
    .execute()
  const isStale = hasCome('as_of', at - staleAfterMs, staleAfterMs)
  const row = await db
    .updateTable('mirrors')
    .set({
      ...syncLease.claimed(at),
      sync_started_at: at,
      sync_tasks_seen: 0,
      account_id: accountId,
      // The mirror stays due until the sync ends, in case this process dies.
      next_sync_at: 0,
    })
    .where('connection_id', '=', connectionId)
    .where(syncLease.isFree(at))
    .where(hasCome('rests_until', at, longestSyncWaitMs))
    .where((where) => where.or([where('as_of', 'is', null), isStale]))
    .returning(['lease_number', 'failures_in_a_row'])
    .executeTakeFirst()
  return row && { connectionId, number: row.lease_number, failuresInARow: row.failures_in_a_row }
}

/** Records progress and renews the lease. Returns false when the lease was lost: the sync must stop. */
export async function recordProgress(
  db: Db,
  held: MirrorLease,
  progress: { readonly tasksSeen: number; readonly at: number },
): Promise<boolean> {
  const result = await heldRow(db, held)
    .set({ sync_tasks_seen: progress.tasksSeen, ...syncLease.renewed(progress.at) })
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** A finished sync moves "as of" to when it started; a failed one leaves it and records the problem. */
export async function recordEnd(
  db: Db,
  held: MirrorLease,
  ended: { readonly nextSyncAt: number } & (
    | { readonly asOf: number; readonly unread: Unread }
    | { readonly problem: MirrorProblem | null; readonly restUntil: number }
  ),
): Promise<boolean> {
  const result = await heldRow(db, held)
    .set({
      ...released,
      sync_started_at: null,
      next_sync_at: ended.nextSyncAt,
      ...('asOf' in ended
        ? {
            as_of: ended.asOf,
            problem: null,
            rests_until: 0,
            failures_in_a_row: 0,
            unread_tasks: ended.unread.tasks,
            unread_members: ended.unread.members === 'all' ? allMembers : ended.unread.members,
            unread_names: ended.unread.names,
          }
        : {
            problem: ended.problem,
            rests_until: ended.restUntil,
            failures_in_a_row: held.failuresInARow + 1,
          }),
    })
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

function heldRow(db: Db, { connectionId, number }: MirrorLease) {
  return db
    .updateTable('mirrors')
    .where('connection_id', '=', connectionId)
    .where('lease_number', '=', number)
}

/** Syncs run in the name of another account from now on. */
export async function moveMirrorState(
  db: Db,
  connectionId: ConnectionId,
  { to }: { readonly to: AccountId },
): Promise<void> {
  await db
    .updateTable('mirrors')
    .set({ account_id: to })
    .where('connection_id', '=', connectionId)
    .execute()
}

export async function removeMirrorState(db: Db, connectionId: ConnectionId): Promise<void> {
  await db.deleteFrom('mirrors').where('connection_id', '=', connectionId).execute()
}

/** Releases every lease. Only for SQLite, where a starting process is the only one. */
export async function releaseMirrorLeases(db: Db): Promise<void> {
  await db
    .updateTable('mirrors')
    .set({ ...released, rests_until: 0, sync_started_at: null })
    .returning('connection_id')
    .execute()
}

/**
 * Makes the copy due at once, for instance after a reconnect. A running sync loses its lease, since it started too
 * early.
 */
export async function makeMirrorDue(db: Db, owner: Owner): Promise<void> {
  await db
    .insertInto('mirrors')
    .values(newRow(owner))
    .onConflict((conflict) =>
      conflict.column('connection_id').doUpdateSet({
        account_id: owner.accountId,
        ...released,
        rests_until: 0,
        problem: null,
        sync_started_at: null,
        next_sync_at: 0,
        failures_in_a_row: 0,
        lease_number: sql<number>`mirrors.lease_number + 1`,
      }),
    )
    .execute()
}

/**
 * Makes every copy due within a quarter of an hour, after a gap in which changes may have been missed. The first hundred
 * are due at once, and fifty more a second, so that not all ask Attio together.
 */
export async function makeAllDue(db: Db, at: number): Promise<void> {
  let dueAt = at
  const read = (after: { readonly connection_id: ConnectionId } | undefined, limit: number) => {
    const all = db.selectFrom('mirrors').select('connection_id')
    const rest = after === undefined ? all : all.where('connection_id', '>', after.connection_id)
    return rest.orderBy('connection_id').limit(limit).execute()
  }
  for await (const piece of readInPieces(read)) {
    await db
      .updateTable('mirrors')
      .set({ next_sync_at: dueAt })
      .where(
        'connection_id',
        'in',
        piece.map((row) => row.connection_id),
      )
      .where('next_sync_at', '>', dueAt)
      .execute()
    dueAt = Math.min(dueAt + piece.length * msPerDueCopy, at + syncEveryMs.polled)
  }
}

const msPerDueCopy = 20

/** Lists the mirrors that are due and that no sync holds, the longest overdue first. */
export async function listDueMirrors(
  db: Db,
  { at, limit }: { readonly at: number; readonly limit: number },
): Promise<readonly Owner[]> {
  const rows = await db
    .selectFrom('mirrors')
    .select(['account_id', 'connection_id'])
    .where(syncLease.isClaimable(at))
    .where('account_id', 'is not', null)
    .orderBy('next_sync_at')
    .limit(limit)
    .execute()
  return rows.flatMap((row) =>
    row.account_id === null ? [] : [{ accountId: row.account_id, connectionId: row.connection_id }],
  )
}

/** Makes the copy due as often as without a webhook, since nothing announces changes any more. */
export async function syncByTime(db: Db, connectionId: ConnectionId): Promise<void> {
  const by = sql<number>`as_of + ${syncEveryMs.polled}`
  await db
    .updateTable('mirrors')
    .set({ next_sync_at: by })
    .where('connection_id', '=', connectionId)
    .where('next_sync_at', '>', by)
    .where('failures_in_a_row', '=', 0)
    .execute()
}

function newRow({ accountId, connectionId }: Owner) {
  return {
    connection_id: connectionId,
    account_id: accountId,
    sync_tasks_seen: 0,
    leased_until: 0,
    lease_number: 0,
  }
}

/** Measures the syncs of all connections that are due. */
export function measureDueMirrors(db: Db, at: number): Promise<QueueState> {
  return measureQueue(db, { table: 'mirrors', dueColumn: 'next_sync_at' }, at)
}

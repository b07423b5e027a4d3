// The table of connections as the queue of their daily checks.
import { sql, type SqlBool } from 'kysely'
import type { Db } from '../database/tables.ts'
import { createLease, released, type Queue } from '../work/work.ts'
import { withoutToken, type Connection } from './connection.ts'
import { connectionFrom } from './connection-row.ts'

/** A connection that this worker may check while its lease holds. */
export interface ConnectionLease extends Connection {
  readonly leaseNumber: number
}

/** How long a connection goes unchecked. */
export const connectionCheckEveryMs = 24 * 3_600_000

const lease = createLease({
  lastsMs: 60_000,
  dueColumn: 'next_check_at',
  longestWaitMs: connectionCheckEveryMs,
})

/** The daily checks of connections whose token may be used. */
export const connectionChecks: Queue = {
  table: 'connections',
  lease,
  only: sql<SqlBool>`status in ('active', 'missing-scopes')`,
}

/** Claims one connection, of any account, whose daily check is due. */
export async function claimConnectionCheck(
  db: Db,
  at: number,
): Promise<ConnectionLease | undefined> {
  const due = db
    .selectFrom('connections')
    .select('connection_id')
    .where('status', 'in', ['active', 'missing-scopes'])
    .where(lease.isClaimable(at))
    .orderBy('next_check_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
  const row = await db
    .updateTable('connections')
    .set(lease.claimed(at))
    .where('connection_id', '=', due)
    .where(lease.isClaimable(at))
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) return undefined
  return { ...withoutToken(connectionFrom(row)), leaseNumber: row.lease_number }
}

/** Ends the lease and sets the next check. `isConfirmed`: Attio answered that the token is valid. */
export async function recordConnectionCheck(
  db: Db,
  { accountId, connectionId, leaseNumber }: ConnectionLease,
  { at, isConfirmed }: { readonly at: number; readonly isConfirmed: boolean },
): Promise<void> {
  await db
    .updateTable('connections')
    .set({
      ...released,
      next_check_at: at + connectionCheckEveryMs,
      ...(isConfirmed && { checked_at: at }),
    })
    .where('account_id', '=', accountId)
    .where('connection_id', '=', connectionId)
    .where('lease_number', '=', leaseNumber)
    .execute()
}

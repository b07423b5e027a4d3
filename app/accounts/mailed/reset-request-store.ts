// The table of requests for a reset link. They belong to no account: none was looked up yet.
import type { Db } from '../../database/tables.ts'
import type { ResetRequestId } from '../../support/ids.ts'
import { createLease, type Queue } from '../../work/work.ts'

export type ResetRequest = {
  readonly resetRequestId: ResetRequestId
  readonly emailKey: string
  readonly createdAt: number
}

export type ResetRequestLease = ResetRequest & { readonly leaseNumber: number }

const lease = createLease({ lastsMs: 60_000, dueColumn: 'next_attempt_at', longestWaitMs: 60_000 })

/** Requests for a reset link to answer. */
export const resetRequests: Queue = { table: 'reset_requests', lease }

export async function addResetRequest(db: Db, request: ResetRequest): Promise<void> {
  await db
    .insertInto('reset_requests')
    .values({
      reset_request_id: request.resetRequestId,
      email_key: request.emailKey,
      created_at: request.createdAt,
      next_attempt_at: request.createdAt,
      leased_until: 0,
      lease_number: 0,
    })
    .execute()
}

export async function claimResetRequest(
  db: Db,
  at: number,
): Promise<ResetRequestLease | undefined> {
  const due = db
    .selectFrom('reset_requests')
    .select('reset_request_id')
    .where(lease.isClaimable(at))
    .orderBy('next_attempt_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
  const row = await db
    .updateTable('reset_requests')
    .set(lease.claimed(at))
    .where('reset_request_id', '=', due)
    .where(lease.isClaimable(at))
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) return undefined
  return {
    resetRequestId: row.reset_request_id,
    emailKey: row.email_key,
    createdAt: row.created_at,
    leaseNumber: row.lease_number,
  }
}

/** Returns false when the lease was lost. */
export async function finishResetRequest(db: Db, held: ResetRequestLease): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('reset_requests')
    .where('reset_request_id', '=', held.resetRequestId)
    .where('lease_number', '=', held.leaseNumber)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

/** Removes requests that no worker has answered in time. */
export async function removeResetRequestsBefore(db: Db, before: number): Promise<void> {
  await db.deleteFrom('reset_requests').where('created_at', '<', before).execute()
}

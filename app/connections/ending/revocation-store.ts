// The table of access tokens that must be revoked at Attio. A fresh token is `held` here until its connection is
// stored, so that it is revoked after a crash in between; a disconnected one is `pending` until Attio confirms.
import { sql, type SqlBool } from 'kysely'
import type { Db } from '../../database/tables.ts'
import { asRevocationId, type AccountId, type RevocationId } from '../../support/ids.ts'
import {
  createLease,
  measureQueue,
  released,
  type Queue,
  type QueueState,
} from '../../work/work.ts'
import type { RevocationWebhook, SealedRevocation } from './revocation.ts'
import { revocationFrom } from './revocation-row.ts'

/** A revocation that this worker may attempt while its lease holds. */
export interface RevocationLease extends SealedRevocation {
  readonly leaseNumber: number
}

/** The longest back-off between two attempts. */
export const longestRevocationWaitMs = 6 * 3_600_000

const lease = createLease({
  lastsMs: 60_000,
  dueColumn: 'next_attempt_at',
  longestWaitMs: longestRevocationWaitMs,
})

const isUnfinished = sql<SqlBool>`status in ('held', 'pending')`

/** Tokens to revoke at Attio. */
export const revocations: Queue = { table: 'revocations', lease, only: isUnfinished }

export async function addRevocation(
  db: Db,
  accountId: AccountId,
  revocation: SealedRevocation,
): Promise<void> {
  await db
    .insertInto('revocations')
    .values({
      account_id: accountId,
      revocation_id: revocation.revocationId,
      connection_id: revocation.connectionId,
      workspace_name: revocation.workspaceName,
      sealed_access_token: revocation.sealedAccessToken ?? null,
      status: revocation.status,
      attempts: revocation.attempts,
      last_answer: revocation.lastAnswer ?? null,
      next_attempt_at: revocation.nextAttemptAt,
      leased_until: 0,
      lease_number: 0,
      created_at: revocation.createdAt,
      finished_at: revocation.finishedAt ?? null,
      webhook_id: revocation.webhook?.webhookId ?? null,
      webhook_key_hash: revocation.webhook?.keyHash ?? null,
      webhook_status: revocation.webhook?.status ?? null,
      webhook_attempts: revocation.webhook?.attempts ?? 0,
      webhook_answer: revocation.webhook?.lastAnswer ?? null,
    })
    .execute()
}

/** Claims one due revocation of any account, or the one named. */
export async function claimDueRevocation(
  db: Db,
  claim: { readonly at: number; readonly only?: RevocationId | undefined },
): Promise<RevocationLease | undefined> {
  const { at, only } = claim
  const due = db
    .selectFrom('revocations')
    .select('revocation_id')
    .where('status', 'in', ['held', 'pending'])
    .where(lease.isClaimable(at))
    .$if(only !== undefined, (query) =>
      query.where('revocation_id', '=', only ?? asRevocationId('')),
    )
    .orderBy('next_attempt_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
  const row = await db
    .updateTable('revocations')
    .set({ status: 'pending', ...lease.claimed(at) })
    .where('revocation_id', '=', due)
    .where('status', 'in', ['held', 'pending'])
    .where(lease.isClaimable(at))
    .returningAll()
    .executeTakeFirst()
  return row === undefined ? undefined : { ...revocationFrom(row), leaseNumber: row.lease_number }
}

/** Stores how an attempt ended. Returns false when the lease was lost. */
export async function recordAttempt(
  db: Db,
  held: RevocationLease,
  ended: {
    readonly status: 'pending' | 'revoked' | 'gave-up'
    readonly answer: string
    readonly nextAttemptAt: number
    readonly at: number
  },
): Promise<boolean> {
  const finished = ended.status !== 'pending'
  const result = await heldRow(db, held)
    .set({
      status: ended.status,
      attempts: held.attempts + 1,
      last_answer: ended.answer,
      next_attempt_at: ended.nextAttemptAt,
      ...released,
      finished_at: finished ? ended.at : null,
      ...(finished ? { sealed_access_token: null } : {}),
    })
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Stores the state of the webhook's removal, and renews the lease. Returns false when it was lost. */
export async function recordWebhookAttempt(
  db: Db,
  held: RevocationLease,
  ended: Pick<RevocationWebhook, 'status' | 'attempts'> & {
    readonly answer: string
    readonly at: number
  },
): Promise<boolean> {
  const result = await heldRow(db, held)
    .set({
      webhook_status: ended.status,
      webhook_attempts: ended.attempts,
      webhook_answer: ended.answer,
      ...lease.renewed(ended.at),
    })
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Ends the lease without an attempt: the token is retried later. */
export async function postponeRevocation(
  db: Db,
  held: RevocationLease,
  until: number,
): Promise<void> {
  await heldRow(db, held)
    .set({ ...released, next_attempt_at: until })
    .execute()
}

function heldRow(db: Db, { accountId, revocationId, leaseNumber }: RevocationLease) {
  return db
    .updateTable('revocations')
    .where('account_id', '=', accountId)
    .where('revocation_id', '=', revocationId)
    .where('lease_number', '=', leaseNumber)
    .where('status', '=', 'pending')
}

/** Measures the revocations of all accounts that are due. */
export function measureDueRevocations(db: Db, at: number): Promise<QueueState> {
  const only = isUnfinished
  return measureQueue(db, { table: 'revocations', dueColumn: 'next_attempt_at', only }, at)
}

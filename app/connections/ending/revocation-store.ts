// The table of access tokens that must be revoked at Attio. A fresh token is `held` here until its connection is
// stored, so that it is revoked after a crash in between; a disconnected one is `pending` until Attio confirms.
import { sql, type Selectable, type SqlBool } from 'kysely'
import type { Db, Tables } from '../../database/tables.ts'
import {
  asRevocationId,
  type AccountId,
  type ConnectionId,
  type RevocationId,
} from '../../support/ids.ts'
import {
  createLease,
  measureQueue,
  released,
  type Queue,
  type QueueState,
} from '../../work/work.ts'

export type RevocationStatus = Tables['revocations']['status']

export interface Revocation {
  readonly accountId: AccountId
  readonly revocationId: RevocationId
  readonly connectionId: ConnectionId
  readonly workspaceName: string
  readonly status: RevocationStatus
  readonly attempts: number
  /** Attio's latest answer, as a code of Taskr's. */
  readonly lastAnswer: string | undefined
  readonly nextAttemptAt: number
  readonly createdAt: number
  readonly finishedAt: number | undefined
  readonly webhook: RevocationWebhook | undefined
}

/** The webhook of an ended connection, removed before the token that can remove it is revoked. */
export interface RevocationWebhook {
  readonly webhookId: string | undefined
  /** The key's hash, for a webhook whose id is unknown because Attio was being asked to make it. */
  readonly keyHash: string | undefined
  /** `left`: Taskr could not remove it, and has stopped trying. */
  readonly status: 'pending' | 'removed' | 'left'
  readonly attempts: number
  readonly lastAnswer: string | undefined
}

export interface SealedRevocation extends Revocation {
  /** Undefined once the token is revoked. */
  readonly sealedAccessToken: string | undefined
}

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

/** Deletes a held token's row, once; the connection keeps the token. */
export async function releaseHeldToken(
  db: Db,
  accountId: AccountId,
  revocationId: RevocationId,
): Promise<SealedRevocation | undefined> {
  const row = await db
    .deleteFrom('revocations')
    .where('account_id', '=', accountId)
    .where('revocation_id', '=', revocationId)
    .where('status', '=', 'held')
    .returningAll()
    .executeTakeFirst()
  return row === undefined ? undefined : fromRow(row)
}

/** Keeps a held token until the person has chosen whether to join that connection instead. */
export async function offerHeldToken(
  db: Db,
  accountId: AccountId,
  offer: {
    readonly revocationId: RevocationId
    readonly connectionId: ConnectionId
    readonly workspaceName: string
  },
): Promise<void> {
  await db
    .updateTable('revocations')
    .set({ connection_id: offer.connectionId, workspace_name: offer.workspaceName })
    .where('account_id', '=', accountId)
    .where('revocation_id', '=', offer.revocationId)
    .where('status', '=', 'held')
    .execute()
}

/** Finds the account's latest held token that waits for the person's choice. */
export async function findOfferedToken(
  db: Db,
  accountId: AccountId,
  at: number,
): Promise<SealedRevocation | undefined> {
  const row = await db
    .selectFrom('revocations')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('status', '=', 'held')
    .where('workspace_name', '<>', '')
    .where('next_attempt_at', '>', at)
    .orderBy('revocation_id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row === undefined ? undefined : fromRow(row)
}

export async function findHeldToken(
  db: Db,
  accountId: AccountId,
  revocationId: RevocationId,
): Promise<SealedRevocation | undefined> {
  const row = await db
    .selectFrom('revocations')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('revocation_id', '=', revocationId)
    .where('status', '=', 'held')
    .executeTakeFirst()
  return row === undefined ? undefined : fromRow(row)
}

/** Makes an unwanted held token due for revocation at once. */
export async function giveUpHeldToken(
  db: Db,
  accountId: AccountId,
  given: {
    readonly revocationId: RevocationId
    readonly workspaceName?: string
    readonly at: number
  },
): Promise<void> {
  await db
    .updateTable('revocations')
    .set({
      status: 'pending',
      next_attempt_at: given.at,
      ...(given.workspaceName === undefined ? {} : { workspace_name: given.workspaceName }),
    })
    .where('account_id', '=', accountId)
    .where('revocation_id', '=', given.revocationId)
    .where('status', '=', 'held')
    .execute()
}

/** Lists an account's receipts, newest first. */
export async function listRevocations(
  db: Db,
  accountId: AccountId,
  count: number,
): Promise<readonly Revocation[]> {
  const rows = await db
    .selectFrom('revocations')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('status', '<>', 'held')
    .orderBy('revocation_id', 'desc')
    .limit(count)
    .execute()
  return rows.map((row) => withoutToken(fromRow(row)))
}

/** Lists the accounts that have receipts, in order, after the given one. */
export async function listAccountsWithReceipts(
  db: Db,
  page: { readonly after: AccountId; readonly limit: number },
): Promise<readonly AccountId[]> {
  const rows = await db
    .selectFrom('revocations')
    .select('account_id')
    .distinct()
    .where('finished_at', 'is not', null)
    .where('account_id', '>', page.after)
    .orderBy('account_id')
    .limit(page.limit)
    .execute()
  return rows.map((row) => row.account_id)
}

export async function removeReceiptsBefore(db: Db, before: number): Promise<void> {
  await db
    .deleteFrom('revocations')
    .where('finished_at', '<', before)
    .returning('account_id')
    .execute()
}

/** Removes an account's receipts, and the workspace's name from revocations that are not finished. */
export async function removeReceipts(db: Db, accountId: AccountId): Promise<void> {
  await db
    .deleteFrom('revocations')
    .where('account_id', '=', accountId)
    .where('finished_at', 'is not', null)
    .execute()
  await db
    .updateTable('revocations')
    .set({ workspace_name: '' })
    .where('account_id', '=', accountId)
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
  return row === undefined ? undefined : { ...fromRow(row), leaseNumber: row.lease_number }
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

/** Lists rows of all accounts that another key sealed, in id order, for key rotation. */
export async function listRevocationsNotSealedWith(
  db: Db,
  keyId: string,
  page: { readonly after: RevocationId; readonly limit: number },
): Promise<readonly SealedRevocation[]> {
  const rows = await db
    .selectFrom('revocations')
    .selectAll()
    .where('sealed_access_token', 'not like', `v1.${keyId}.%`)
    .where('revocation_id', '>', page.after)
    .orderBy('revocation_id')
    .limit(page.limit)
    .execute()
  return rows.map(fromRow)
}

export async function countRevocationsSealedWith(db: Db, keyId: string): Promise<number> {
  const row = await db
    .selectFrom('revocations')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('sealed_access_token', 'like', `v1.${keyId}.%`)
    .executeTakeFirst()
  return row?.count ?? 0
}

/** Replaces a sealed token if it is still the one that was read. */
export async function replaceSealedRevocation(
  db: Db,
  accountId: AccountId,
  change: {
    readonly revocationId: RevocationId
    readonly sealedAccessToken: string
    readonly sealed: string
  },
): Promise<boolean> {
  const result = await db
    .updateTable('revocations')
    .set({ sealed_access_token: change.sealed })
    .where('account_id', '=', accountId)
    .where('revocation_id', '=', change.revocationId)
    .where('sealed_access_token', '=', change.sealedAccessToken)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Removes the sealed token: a narrower type alone would leave it in the object, and so in an export. */
function withoutToken(sealed: SealedRevocation): Revocation {
  const { sealedAccessToken: _sealedAccessToken, webhook, ...revocation } = sealed
  // The hash of the webhook's key stays private, too.
  return { ...revocation, webhook: webhook && { ...webhook, keyHash: undefined } }
}

function fromRow(row: Selectable<Tables['revocations']>): SealedRevocation {
  return {
    accountId: row.account_id,
    revocationId: row.revocation_id,
    connectionId: row.connection_id,
    workspaceName: row.workspace_name,
    sealedAccessToken: row.sealed_access_token ?? undefined,
    status: row.status,
    attempts: row.attempts,
    lastAnswer: row.last_answer ?? undefined,
    nextAttemptAt: row.next_attempt_at,
    createdAt: row.created_at,
    finishedAt: row.finished_at ?? undefined,
    webhook: webhookOf(row),
  }
}

function webhookOf(row: Selectable<Tables['revocations']>): RevocationWebhook | undefined {
  if (row.webhook_status === null) return undefined
  return {
    webhookId: row.webhook_id ?? undefined,
    keyHash: row.webhook_key_hash ?? undefined,
    status: row.webhook_status,
    attempts: row.webhook_attempts,
    lastAnswer: row.webhook_answer ?? undefined,
  }
}

/** Measures the revocations of all accounts that are due. */
export function measureDueRevocations(db: Db, at: number): Promise<QueueState> {
  const only = isUnfinished
  return measureQueue(db, { table: 'revocations', dueColumn: 'next_attempt_at', only }, at)
}

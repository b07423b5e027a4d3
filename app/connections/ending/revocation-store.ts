// The table of access tokens that must be revoked at Attio. A fresh token is `held` here until its connection
// stands, so that a crash in between revokes it; a disconnected one is `pending` until Attio confirms.
import { sql, type Selectable } from 'kysely'
import type { Db, Tables } from '../../database/tables.ts'
import type { AccountId, ConnectionId, RevocationId } from '../../support/ids.ts'

export type RevocationStatus = Tables['revocations']['status']

export interface Revocation {
  readonly accountId: AccountId
  readonly revocationId: RevocationId
  readonly connectionId: ConnectionId
  readonly workspaceName: string
  readonly status: RevocationStatus
  readonly attempts: number
  /** What Attio last said, in our words. */
  readonly lastAnswer: string | undefined
  readonly nextAttemptAt: number
  readonly createdAt: number
  readonly finishedAt: number | undefined
  readonly webhook: RevocationWebhook | undefined
}

/** The webhook of a connection that ended: it goes before the token that may remove it. */
export interface RevocationWebhook {
  readonly webhookId: string | undefined
  /** Where the id is not known, because Attio was just being asked for it. */
  readonly keyHash: string | undefined
  /** `left`: Taskr could not remove it, and no longer tries. */
  readonly status: 'pending' | 'removed' | 'left'
  readonly attempts: number
  readonly lastAnswer: string | undefined
}

export interface SealedRevocation extends Revocation {
  /** Gone once the token is revoked. */
  readonly sealedAccessToken: string | undefined
}

/** A lease: who holds it may carry the revocation out; the number tells holders apart. */
export interface RevocationLease extends SealedRevocation {
  readonly leaseNumber: number
}

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

/** Takes a held token's row away, once: its holder keeps the token. */
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

/** A held token that nobody wants is due at once. */
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

/** The receipts that a person may read, newest first. */
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

/** Claims one revocation that is due, of any account: the worker's view. One statement, one holder. */
export async function leaseDueRevocation(
  db: Db,
  lease: { readonly at: number; readonly until: number; readonly only?: RevocationId },
): Promise<RevocationLease | undefined> {
  const { only } = lease
  const due = db
    .selectFrom('revocations')
    .select('revocation_id')
    .where('status', 'in', ['held', 'pending'])
    .where('next_attempt_at', '<=', lease.at)
    .where('leased_until', '<=', lease.at)
    .orderBy('next_attempt_at')
    .limit(1)
  const row = await db
    .updateTable('revocations')
    .set({
      status: 'pending',
      leased_until: lease.until,
      lease_number: sql<number>`lease_number + 1`,
    })
    .where('revocation_id', 'in', only === undefined ? due : due.where('revocation_id', '=', only))
    .where('leased_until', '<=', lease.at)
    .returningAll()
    .executeTakeFirst()
  return row === undefined ? undefined : { ...fromRow(row), leaseNumber: row.lease_number }
}

/** Writes down how an attempt ended, unless somebody else took the lease over meanwhile. */
export async function recordAttempt(
  db: Db,
  lease: RevocationLease,
  ended: {
    readonly status: 'pending' | 'revoked' | 'gave-up'
    readonly answer: string
    readonly nextAttemptAt: number
    readonly at: number
  },
): Promise<void> {
  const finished = ended.status !== 'pending'
  await db
    .updateTable('revocations')
    .set({
      status: ended.status,
      attempts: lease.attempts + 1,
      last_answer: ended.answer,
      next_attempt_at: ended.nextAttemptAt,
      leased_until: 0,
      finished_at: finished ? ended.at : null,
      ...(finished ? { sealed_access_token: null } : {}),
    })
    .where('account_id', '=', lease.accountId)
    .where('revocation_id', '=', lease.revocationId)
    .where('lease_number', '=', lease.leaseNumber)
    .execute()
}

/** Writes down how the webhook fares, and keeps the lease. False when somebody else took it over meanwhile. */
export async function recordWebhookAttempt(
  db: Db,
  lease: RevocationLease,
  ended: Pick<RevocationWebhook, 'status' | 'attempts'> & {
    readonly answer: string
    readonly until: number
  },
): Promise<boolean> {
  const result = await db
    .updateTable('revocations')
    .set({
      webhook_status: ended.status,
      webhook_attempts: ended.attempts,
      webhook_answer: ended.answer,
      leased_until: ended.until,
    })
    .where('account_id', '=', lease.accountId)
    .where('revocation_id', '=', lease.revocationId)
    .where('lease_number', '=', lease.leaseNumber)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Tried again later, without the token having been touched. */
export async function postponeRevocation(
  db: Db,
  lease: RevocationLease,
  until: number,
): Promise<void> {
  await db
    .updateTable('revocations')
    .set({ leased_until: 0, next_attempt_at: until })
    .where('account_id', '=', lease.accountId)
    .where('revocation_id', '=', lease.revocationId)
    .where('lease_number', '=', lease.leaseNumber)
    .execute()
}

/** For the rotation of keys, over all accounts: rows that another key sealed, in the order of their ids. */
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

/** What leaves this folder: a type alone would leave the sealed token in the object, and so in an export. */
function withoutToken(sealed: SealedRevocation): Revocation {
  const { sealedAccessToken: _sealedAccessToken, webhook, ...revocation } = sealed
  // The hash of its key is nobody's business either.
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

// The table of webhooks: each connection's webhook at Attio, and the lease of the worker that checks it.
import { sql, type Selectable } from 'kysely'
import type { Db, Tables } from '../../database/tables.ts'
import { asConnectionId, type AccountId, type ConnectionId } from '../../support/ids.ts'
import { createLease, released, type Queue } from '../../work/work.ts'

export interface WebhookRow {
  readonly accountId: AccountId
  readonly connectionId: ConnectionId
  readonly keyHash: string | undefined
  readonly webhookId: string | undefined
  readonly sealedSecret: string | undefined
  readonly status: WebhookStatus
  readonly problem: WebhookProblem | undefined
  readonly failures: number
  readonly madeAt: number | undefined
  readonly leasedUntil: number
}

/** `creating`: Attio was asked and its answer is not stored. `active`: the webhook's secret is stored. */
export type WebhookStatus = Tables['webhooks']['status']

export type WebhookProblem = (typeof problems)[number]
const problems = [
  'no-address',
  'missing-scope',
  'needs-reconnect',
  'unreachable',
  'refused',
] as const

/** A webhook that this worker may check and make. */
export interface WebhookLease extends WebhookRow {
  readonly leaseNumber: number
}

/** How long a working webhook goes unchecked. */
export const checkEveryMs = 24 * 3_600_000

const lease = createLease({
  lastsMs: 2 * 60_000,
  dueColumn: 'next_check_at',
  longestWaitMs: checkEveryMs,
})

/** Webhooks to check or make. */
export const webhookChecks: Queue = { table: 'webhooks', lease }

/** Makes a connection's webhook due for a check. */
export async function makeWebhookDue(
  db: Db,
  accountId: AccountId,
  due: { readonly connectionId: ConnectionId; readonly at: number },
): Promise<void> {
  await db
    .insertInto('webhooks')
    .values({
      account_id: accountId,
      connection_id: due.connectionId,
      status: 'none',
      failures: 0,
      next_check_at: due.at,
      leased_until: 0,
      lease_number: 0,
    })
    .onConflict((conflict) =>
      conflict.column('connection_id').doUpdateSet({ next_check_at: due.at, failures: 0 }),
    )
    .execute()
}

/** Gives the webhook to another owner. A worker that checks it at the time loses its lease. */
export async function moveWebhookRow(
  db: Db,
  connectionId: ConnectionId,
  move: { readonly to: AccountId; readonly sealedSecret: string | undefined },
): Promise<void> {
  await db
    .updateTable('webhooks')
    .set({
      account_id: move.to,
      lease_number: sql<number>`lease_number + 1`,
      ...(move.sealedSecret !== undefined && { sealed_secret: move.sealedSecret }),
    })
    .where('connection_id', '=', connectionId)
    .execute()
}

/** Claims one due webhook of any connection, or of the one named. */
export async function claimDueWebhook(
  db: Db,
  claim: { readonly at: number; readonly only?: ConnectionId | undefined },
): Promise<WebhookLease | undefined> {
  const { at, only } = claim
  const due = db
    .selectFrom('webhooks')
    .select('connection_id')
    .where(lease.isClaimable(at))
    .$if(only !== undefined, (query) =>
      query.where('connection_id', '=', only ?? asConnectionId('')),
    )
    .orderBy('next_check_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
  const row = await db
    .updateTable('webhooks')
    .set(lease.claimed(at))
    .where('connection_id', '=', due)
    .where(lease.isClaimable(at))
    .returningAll()
    .executeTakeFirst()
  return row === undefined ? undefined : { ...fromRow(row), leaseNumber: row.lease_number }
}

/** Stores the new key before Attio is asked, and forgets the old webhook. Returns false when the lease was lost. */
export async function recordCreating(
  db: Db,
  held: WebhookLease,
  creating: { readonly keyHash: string; readonly at: number; readonly forMs: number },
): Promise<boolean> {
  const result = await heldRow(db, held)
    .set({
      status: 'creating',
      key_hash: creating.keyHash,
      webhook_id: null,
      sealed_secret: null,
      ...lease.renewed(creating.at, creating.forMs),
    })
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Stores the webhook that Attio made. Returns false when the connection ended or the lease was lost meanwhile. */
export async function recordMade(
  db: Db,
  held: WebhookLease,
  made: {
    readonly webhookId: string
    readonly sealedSecret: string
    readonly at: number
    readonly nextCheckAt: number
  },
): Promise<boolean> {
  const result = await heldRow(db, held)
    .set({
      status: 'active',
      webhook_id: made.webhookId,
      sealed_secret: made.sealedSecret,
      made_at: made.at,
      problem: null,
      failures: 0,
      next_check_at: made.nextCheckAt,
      ...released,
    })
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Stores how a check ended that made no webhook. Returns false when the lease was lost. */
export async function recordCheck(
  db: Db,
  held: WebhookLease,
  ended: {
    readonly problem: WebhookProblem | undefined
    readonly failures: number
    readonly nextCheckAt: number
  },
): Promise<boolean> {
  const result = await heldRow(db, held)
    .set({
      problem: ended.problem ?? null,
      failures: ended.failures,
      next_check_at: ended.nextCheckAt,
      ...released,
    })
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

function heldRow(db: Db, { connectionId, leaseNumber }: WebhookLease) {
  return db
    .updateTable('webhooks')
    .where('connection_id', '=', connectionId)
    .where('lease_number', '=', leaseNumber)
}

/** Lists the webhooks with these keys, the only thing that identifies a delivery's sender. */
export async function listWebhooksByKey(
  db: Db,
  keyHashes: readonly string[],
): Promise<readonly WebhookRow[]> {
  const rows = await db
    .selectFrom('webhooks')
    .selectAll()
    .where('key_hash', 'in', keyHashes)
    .execute()
  return rows.map(fromRow)
}

/** Returns those keys that still belong to a webhook, and locks their rows until the transaction ends. */
export async function holdKeys(db: Db, keyHashes: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('webhooks')
    .select('key_hash')
    .where('key_hash', 'in', keyHashes)
    .forKeyShare()
    .execute()
  return new Set(rows.flatMap((row) => row.key_hash ?? []))
}

/** Returns those hashes that are the key of any connection's webhook. */
export async function listKnownKeys(
  db: Db,
  keyHashes: readonly string[],
): Promise<ReadonlySet<string>> {
  if (keyHashes.length === 0) return new Set()
  const rows = await db
    .selectFrom('webhooks')
    .select('key_hash')
    .where('key_hash', 'in', keyHashes)
    .execute()
  return new Set(rows.flatMap((row) => row.key_hash ?? []))
}

export async function listWebhooks(
  db: Db,
  connectionIds: readonly ConnectionId[],
): Promise<readonly WebhookRow[]> {
  if (connectionIds.length === 0) return []
  const rows = await db
    .selectFrom('webhooks')
    .selectAll()
    .where('connection_id', 'in', connectionIds)
    .execute()
  return rows.map(fromRow)
}

/** Deletes the row and returns its content. */
export async function removeWebhook(
  db: Db,
  connectionId: ConnectionId,
): Promise<WebhookRow | undefined> {
  const row = await db
    .deleteFrom('webhooks')
    .where('connection_id', '=', connectionId)
    .returningAll()
    .executeTakeFirst()
  return row === undefined ? undefined : fromRow(row)
}

/** Lists rows of any connection that another key sealed, in id order. */
export async function listWebhooksNotSealedWith(
  db: Db,
  keyId: string,
  page: { readonly after: string; readonly limit: number },
): Promise<readonly WebhookRow[]> {
  const rows = await db
    .selectFrom('webhooks')
    .selectAll()
    .where('sealed_secret', 'not like', `v1.${keyId}.%`)
    .where(sql<boolean>`connection_id > ${page.after}`)
    .orderBy('connection_id')
    .limit(page.limit)
    .execute()
  return rows.map(fromRow)
}

export async function countWebhooksSealedWith(db: Db, keyId: string): Promise<number> {
  const row = await db
    .selectFrom('webhooks')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('sealed_secret', 'like', `v1.${keyId}.%`)
    .executeTakeFirst()
  return row?.count ?? 0
}

/** Replaces a sealed secret if it is still the one that was read. */
export async function replaceSealedSecret(
  db: Db,
  connectionId: string,
  change: { readonly from: string; readonly to: string },
): Promise<boolean> {
  const result = await db
    .updateTable('webhooks')
    .set({ sealed_secret: change.to })
    .where(sql<boolean>`connection_id = ${connectionId}`)
    .where('sealed_secret', '=', change.from)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

function fromRow(row: Selectable<Tables['webhooks']>): WebhookRow {
  return {
    accountId: row.account_id,
    connectionId: row.connection_id,
    keyHash: row.key_hash ?? undefined,
    webhookId: row.webhook_id ?? undefined,
    sealedSecret: row.sealed_secret ?? undefined,
    status: row.status,
    problem: problems.find((problem) => problem === row.problem),
    failures: row.failures,
    madeAt: row.made_at ?? undefined,
    leasedUntil: row.leased_until,
  }
}

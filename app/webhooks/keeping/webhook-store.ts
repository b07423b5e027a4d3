// The table of webhooks: for each connection whether Attio tells us of changes, and who sees to it just now.
import { sql, type Selectable } from 'kysely'
import type { Db, Tables } from '../../database/tables.ts'
import type { AccountId, ConnectionId } from '../../support/ids.ts'

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

/** `creating`: Attio is being asked, or was and nobody knows the answer. `active`: its secret is stored. */
export type WebhookStatus = Tables['webhooks']['status']

export type WebhookProblem = (typeof problems)[number]
const problems = [
  'no-address',
  'missing-scope',
  'needs-reconnect',
  'unreachable',
  'refused',
] as const

/** The number is a fence: whoever holds an older one can write nothing any more. */
export interface WebhookLease extends WebhookRow {
  readonly leaseNumber: number
}

/** Makes the webhook of a connection due to be looked at. */
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
      next_look_at: due.at,
      leased_until: 0,
      lease_number: 0,
    })
    .onConflict((conflict) =>
      conflict.column('connection_id').doUpdateSet({ next_look_at: due.at, failures: 0 }),
    )
    .execute()
}

/** Claims one webhook that is due, of any connection or of this one. One statement, one holder. */
export async function leaseDueWebhook(
  db: Db,
  lease: { readonly at: number; readonly until: number; readonly only?: ConnectionId | undefined },
): Promise<WebhookLease | undefined> {
  const { only } = lease
  const due = db
    .selectFrom('webhooks')
    .select('connection_id')
    .where('next_look_at', '<=', lease.at)
    .where('leased_until', '<=', lease.at)
    .orderBy('next_look_at')
    .limit(1)
  const row = await db
    .updateTable('webhooks')
    .set({ leased_until: lease.until, lease_number: sql<number>`lease_number + 1` })
    .where('connection_id', 'in', only === undefined ? due : due.where('connection_id', '=', only))
    .where('leased_until', '<=', lease.at)
    .returningAll()
    .executeTakeFirst()
  return row === undefined ? undefined : { ...fromRow(row), leaseNumber: row.lease_number }
}

/** Before Attio is asked: the new key is known, and the old webhook and its secret are not any more. */
export async function recordCreating(
  db: Db,
  { connectionId, leaseNumber }: WebhookLease,
  creating: { readonly keyHash: string; readonly until: number },
): Promise<boolean> {
  const result = await db
    .updateTable('webhooks')
    .set({
      status: 'creating',
      key_hash: creating.keyHash,
      webhook_id: null,
      sealed_secret: null,
      leased_until: creating.until,
    })
    .where('connection_id', '=', connectionId)
    .where('lease_number', '=', leaseNumber)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** False when the connection ended meanwhile, or somebody else took over: nobody wants this webhook. */
export async function recordMade(
  db: Db,
  { connectionId, leaseNumber }: WebhookLease,
  made: {
    readonly webhookId: string
    readonly sealedSecret: string
    readonly at: number
    readonly nextLookAt: number
  },
): Promise<boolean> {
  const result = await db
    .updateTable('webhooks')
    .set({
      status: 'active',
      webhook_id: made.webhookId,
      sealed_secret: made.sealedSecret,
      made_at: made.at,
      problem: null,
      failures: 0,
      next_look_at: made.nextLookAt,
      leased_until: 0,
    })
    .where('connection_id', '=', connectionId)
    .where('lease_number', '=', leaseNumber)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** How a look ended that made nothing, and when the next one is due. */
export async function recordLook(
  db: Db,
  { connectionId, leaseNumber }: WebhookLease,
  ended: {
    readonly problem: WebhookProblem | undefined
    readonly failures: number
    readonly nextLookAt: number
  },
): Promise<void> {
  await db
    .updateTable('webhooks')
    .set({
      problem: ended.problem ?? null,
      failures: ended.failures,
      next_look_at: ended.nextLookAt,
      leased_until: 0,
    })
    .where('connection_id', '=', connectionId)
    .where('lease_number', '=', leaseNumber)
    .execute()
}

/** For deliveries, which know nothing but their keys: whose they are. */
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

/** Of these keys, those that still are a webhook's. They stay so until the transaction ends. */
export async function holdKeys(db: Db, keyHashes: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('webhooks')
    .select('key_hash')
    .where('key_hash', 'in', keyHashes)
    .forKeyShare()
    .execute()
  return new Set(rows.flatMap((row) => row.key_hash ?? []))
}

/** Of these hashes, those that are the key of some connection's webhook. */
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

/** Takes the row away and gives back what it held, once. */
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

/** For the rotation of keys, over all connections: rows that another key sealed, in the order of their ids. */
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

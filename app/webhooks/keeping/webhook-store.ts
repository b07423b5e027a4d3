// The table of webhooks: each connection's webhook at Attio, and the lease of the worker that checks it.
import { sql } from 'kysely'
import type { Db } from '../../database/tables.ts'
import { asConnectionId, type AccountId, type ConnectionId } from '../../support/ids.ts'
import { createLease, released, type Queue } from '../../work/work.ts'
import { webhookFrom, type WebhookProblem, type WebhookRow } from './webhook-row.ts'

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
  return row === undefined ? undefined : { ...webhookFrom(row), leaseNumber: row.lease_number }
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
  return rows.map(webhookFrom)
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
  return row === undefined ? undefined : webhookFrom(row)
}

// The table of webhooks by their keys, the only thing that identifies a delivery's sender.
import type { Db } from '../../database/tables.ts'
import { webhookFrom, type WebhookRow } from './webhook-row.ts'

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
  return rows.map(webhookFrom)
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

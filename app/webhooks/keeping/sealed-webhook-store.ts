// The table of webhooks as key rotation sees it: secrets that another key sealed.
import { sql } from 'kysely'
import type { Db } from '../../database/tables.ts'
import { webhookFrom, type WebhookRow } from './webhook-row.ts'

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
  return rows.map(webhookFrom)
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

// The table of received deliveries, kept long enough to recognise a message that is sent again.
import type { Db } from '../../database/tables.ts'
import type { ConnectionId } from '../../support/ids.ts'

/** The key is not signed, so a message counts as the same only when its body is equal, too. */
export interface DeliveryMark {
  readonly connectionId: ConnectionId
  readonly idempotencyHash: string
  readonly bodyHash: string
  readonly receivedAt: number
}

/** Stores deliveries of any connections. Returns those that are new, in the form that `markKey` gives. */
export async function addDeliveries(
  db: Db,
  marks: readonly DeliveryMark[],
): Promise<ReadonlySet<string>> {
  if (marks.length === 0) return new Set()
  const added = await db
    .insertInto('webhook_deliveries')
    .values(
      marks.map((mark) => ({
        connection_id: mark.connectionId,
        idempotency_hash: mark.idempotencyHash,
        body_hash: mark.bodyHash,
        received_at: mark.receivedAt,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['connection_id', 'idempotency_hash', 'body_hash']).doNothing(),
    )
    .returning(['connection_id', 'idempotency_hash', 'body_hash'])
    .execute()
  return new Set(
    added.map((row) =>
      markKey({
        connectionId: row.connection_id,
        idempotencyHash: row.idempotency_hash,
        bodyHash: row.body_hash,
      }),
    ),
  )
}

export function markKey(mark: Omit<DeliveryMark, 'receivedAt'>): string {
  return `${mark.connectionId} ${mark.idempotencyHash} ${mark.bodyHash}`
}

export async function removeDeliveries(db: Db, connectionId: ConnectionId): Promise<void> {
  await db.deleteFrom('webhook_deliveries').where('connection_id', '=', connectionId).execute()
}

/** Deletes old deliveries of all connections. */
export async function removeDeliveriesBefore(db: Db, receivedBefore: number): Promise<void> {
  await db.deleteFrom('webhook_deliveries').where('received_at', '<', receivedBefore).execute()
}

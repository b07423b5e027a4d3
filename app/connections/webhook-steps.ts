// Steps of the webhooks part that run inside this part's transactions, so that this part need not know that one.
import type { Db } from '../database/tables.ts'
import type { ConnectionId } from '../support/ids.ts'
import type { Connection } from './connection.ts'

export interface WebhookSteps {
  /** Called when a connection was stored or renewed. */
  readonly begun: (db: Db, connection: Connection) => Promise<void>
  /** Called when a connection ends. Returns the remains of its webhook at Attio. */
  readonly ended: (db: Db, connectionId: ConnectionId) => Promise<LeftWebhook | undefined>
}

/** A webhook to remove with the token that may do so, before that token is revoked. */
export interface LeftWebhook {
  readonly webhookId: string | undefined
  /** The hash of the key at the end of the webhook's address, for when its id is unknown. */
  readonly keyHash: string | undefined
  /** The time until which Attio may still be making the webhook. */
  readonly notBefore: number
}

// What the part that keeps webhooks does inside the transactions of this one, which must not know it.
import type { Db } from '../database/tables.ts'
import type { ConnectionId } from '../support/ids.ts'
import type { Connection } from './connection-store.ts'

export interface WebhookSteps {
  /** A connection was stored, or renewed. */
  readonly begun: (db: Db, connection: Connection) => Promise<void>
  /** A connection ends: what is left of its webhook at Attio. */
  readonly ended: (db: Db, connectionId: ConnectionId) => Promise<LeftWebhook | undefined>
}

/** To be removed with the token that may do it, before that is revoked. */
export interface LeftWebhook {
  readonly webhookId: string | undefined
  /** Of the key at the end of its address, where its id is not known. */
  readonly keyHash: string | undefined
  /** Until then Attio may still be making it. */
  readonly notBefore: number
}

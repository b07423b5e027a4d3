// What webhooks do inside the transactions that begin and end a connection, so that no crash comes between.
import type { LeftWebhook, WebhookSteps } from '../connections/connections.ts'
import type { Clock } from '../support/clock.ts'
import { removeDeliveries } from './inbox/delivery-store.ts'
import { removeRefetchRequests } from './refetching/refetch-request-store.ts'
import { makeWebhookDue, removeWebhook, type WebhookRow } from './keeping/webhook-store.ts'

export function createWebhookSteps(clock: Clock): WebhookSteps {
  return {
    begun: (db, { accountId, connectionId }) =>
      makeWebhookDue(db, accountId, { connectionId, at: clock.now() }),
    ended: async (db, connectionId) => {
      // The webhook first: a delivery that is being stored has a lock on its row.
      const webhook = await removeWebhook(db, connectionId)
      await removeRefetchRequests(db, connectionId)
      await removeDeliveries(db, connectionId)
      return webhook === undefined ? undefined : leftBy(webhook, clock.now())
    },
  }
}

function leftBy(webhook: WebhookRow, at: number): LeftWebhook | undefined {
  const { status, webhookId, keyHash, leasedUntil } = webhook
  if (webhookId !== undefined) return { webhookId, keyHash: undefined, notBefore: at }
  if (status !== 'creating' || keyHash === undefined) return undefined
  // Attio may be making it at this moment: it is looked for when that has ended.
  return { webhookId: undefined, keyHash, notBefore: Math.max(at, leasedUntil) }
}

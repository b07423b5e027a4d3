// Webhook steps that run inside the transactions that begin and end a connection, so that no crash separates them.
import type { LeftWebhook, WebhookSteps } from '../connections/connections.ts'
import type { Clock } from '../support/clock.ts'
import { removeDeliveries } from './inbox/delivery-store.ts'
import { removeRefetchRequests } from './refetching/refetch-request-store.ts'
import { makeWebhookDue, removeWebhook } from './keeping/webhook-store.ts'
import type { WebhookRow } from './keeping/webhook-row.ts'

export function createWebhookSteps(clock: Clock): WebhookSteps {
  return {
    begun: (db, { accountId, connectionId }) =>
      makeWebhookDue(db, accountId, { connectionId, at: clock.now() }),
    ended: async (db, connectionId) => {
      // The webhook's row comes first: a delivery that is being stored has a lock on it.
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
  // Attio may be making the webhook right now, so Taskr searches for it once that attempt has ended.
  return { webhookId: undefined, keyHash, notBefore: Math.max(at, leasedUntil) }
}

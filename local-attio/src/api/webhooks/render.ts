// Renders a webhook as Attio sends it, without its secret: only the answer to a POST includes that.
import { timestamp } from '../../timestamps.ts'
import type { Webhook } from '../../world/webhooks.ts'

export function renderWebhook(webhook: Webhook) {
  return {
    id: { workspace_id: webhook.workspaceId, webhook_id: webhook.id },
    target_url: webhook.targetUrl,
    status: webhook.status,
    subscriptions: webhook.subscriptions.map((subscription) => ({
      event_type: subscription.eventType,
      filter: subscription.filter,
    })),
    created_at: timestamp(webhook.createdAt),
  }
}

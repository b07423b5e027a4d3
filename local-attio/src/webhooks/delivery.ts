// The face of webhook delivery for the local Attio and its tests.
import type { Clock } from '../clock.ts'
import { createWebhookFaults, type WebhookFaults } from '../faults/webhook-faults.ts'
import type { Ids } from '../ids.ts'
import type { Delivery, Webhook } from '../world/entities.ts'
import type { World } from '../world/world.ts'
import type { SenderSettings } from './sending/send-delivery.ts'
import type { SubscribableEventType } from './event-types.ts'
import { queueEvent } from './sending/queue-deliveries.ts'
import type { Deliver } from './sending/post.ts'
import { startSender } from './sending/sender.ts'
import { isTargetUrl } from './target-url.ts'
import { sendTestEvent } from './test-events.ts'
import {
  createWebhook,
  dashboardWebhooks,
  type NewWebhook,
  type WebhookOutcome,
} from './webhooks.ts'

export type DeliveryQuery = {
  readonly webhookId?: string
  readonly eventType?: string
  readonly status?: Delivery['status']
}

export type DashboardWebhook = Omit<NewWebhook, 'appId'> & { readonly workspaceId: string }

export type WebhookDelivery = {
  readonly faults: WebhookFaults
  /** In force from the next attempt on. */
  readonly settings: SenderSettings
  /** Makes one as a person does in the dashboard. Its secret is in the outcome. */
  create(webhook: DashboardWebhook): WebhookOutcome | { readonly kind: 'bad-target' }
  /** Returns the webhooks of the dashboard, without those made with tokens. */
  list(workspaceId: string): Webhook[]
  /** Messages and their attempts, oldest first: all that wait, and the latest 1,000 that are over. */
  deliveries(query?: DeliveryQuery): Delivery[]
  /** Queues an event of things that do not exist. Undefined when the webhook is gone or inactive. */
  sendTestEvent(webhookId: string, eventType: SubscribableEventType): Delivery | undefined
  /** Resolves when nothing that is due is under way. What waits for the clock goes on waiting. */
  settle(): Promise<void>
}

export type WebhookDeliveryParts = {
  readonly world: World
  readonly clock: Clock
  readonly ids: Ids
  readonly deliver: Deliver
}

/** Begins to listen to the world and to send. */
export function startWebhookDelivery(parts: WebhookDeliveryParts): {
  readonly webhooks: WebhookDelivery
  readonly close: () => void
} {
  const { world, clock, ids } = parts
  const faults = createWebhookFaults(clock)
  const settings: SenderSettings = { deadlineMs: 5000, perSecond: 25 }
  const context = () => ({ world, ids, now: clock.now() })
  world.onEvent((event) => queueEvent(context(), event))
  const close = startSender({ ...parts, faults, settings })
  const webhooks: WebhookDelivery = {
    faults,
    settings,
    create: ({ workspaceId, ...fresh }) =>
      isTargetUrl(fresh.targetUrl)
        ? createWebhook({ ...context(), workspaceId }, { ...fresh, appId: null })
        : { kind: 'bad-target' },
    list: (workspaceId) => dashboardWebhooks(world, workspaceId),
    deliveries: (query = {}) => world.deliveries.all().filter((one) => isMeant(one, query)),
    sendTestEvent: (webhookId, eventType) => sendTestEvent(context(), webhookId, eventType),
    settle: () => clock.settled(),
  }
  return { webhooks, close }
}

function isMeant(delivery: Delivery, { webhookId, eventType, status }: DeliveryQuery): boolean {
  if (webhookId !== undefined && webhookId !== delivery.webhookId) return false
  if (eventType !== undefined && eventType !== delivery.eventType) return false
  return status === undefined || status === delivery.status
}

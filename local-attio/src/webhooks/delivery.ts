// The entry point of webhook delivery for the local Attio and its tests.
import type { Clock } from '../clock.ts'
import { createWebhookFaults, type WebhookFaults } from '../faults/webhook-faults.ts'
import type { Ids } from '../ids.ts'
import type { Delivery, Webhook } from '../world/webhooks.ts'
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
  /** Scripted failures of deliveries. */
  readonly faults: WebhookFaults
  /** The deadline of an attempt and the attempts per second. Changes apply from the next attempt on. */
  readonly settings: SenderSettings
  /** Creates a webhook as a person does in the dashboard. The outcome holds its secret. */
  create(webhook: DashboardWebhook): WebhookOutcome | { readonly kind: 'bad-target' }
  /** Returns the webhooks of the dashboard, without those made with tokens. */
  list(workspaceId: string): Webhook[]
  /** Messages and their attempts, oldest first: all waiting ones, and the latest 1,000 finished ones. */
  deliveries(query?: DeliveryQuery): Delivery[]
  /** Queues a made-up event, and returns its delivery. Undefined when the webhook is deleted or inactive. */
  sendTestEvent(webhookId: string, eventType: SubscribableEventType): Delivery | undefined
  /** Resolves when all due deliveries have been attempted. Later ones keep waiting for the clock. */
  settle(): Promise<void>
}

export type WebhookDeliveryParts = {
  readonly world: World
  readonly clock: Clock
  readonly ids: Ids
  readonly deliver: Deliver
}

/** Subscribes to the world's events and starts sending. */
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

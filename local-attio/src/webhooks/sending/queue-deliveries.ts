// Turns events into messages: one for each webhook that subscribes to the event.
import type { Ids } from '../../ids.ts'
import type { Actor } from '../../world/entities.ts'
import type { Delivery, Webhook } from '../../world/webhooks.ts'
import type { AttioEvent } from '../../world/events.ts'
import type { World } from '../../world/world.ts'
import type { SubscribableEventType } from '../event-types.ts'
import { wants } from '../filter.ts'

/** The world, ids and time for a new message. */
export type MessageContext = { readonly world: World; readonly ids: Ids; readonly now: number }

/**
 * Call it inside the transaction of the event. assumed: a webhook with two subscriptions that both
 * want an event gets it once.
 */
export function queueEvent(context: MessageContext, event: AttioEvent): void {
  for (const webhook of context.world.webhooksOf(event.id.workspace_id)) {
    if (webhook.status === 'inactive') continue
    if (webhook.subscriptions.some((subscription) => wants(subscription, event))) {
      queueMessage(context, webhook, event)
    }
  }
}

/** An event as it is sent, real or made up. */
export type SentEvent = {
  readonly event_type: SubscribableEventType
  readonly id: Readonly<Record<string, string>>
  readonly actor: Actor
}

export function queueMessage(
  { world, ids, now }: MessageContext,
  webhook: Webhook,
  event: SentEvent,
): Delivery {
  const id = ids.uuid()
  return world.deliveries.put({
    id,
    webhookId: webhook.id,
    eventType: event.event_type,
    idempotencyKey: id,
    body: JSON.stringify({ webhook_id: webhook.id, events: [event] }),
    attempts: [],
    nextAttemptAt: now,
    status: 'waiting',
    createdAt: now,
  })
}

/** Queues a copy of a message, for a fault that duplicates it. */
export function queueCopy({ world, ids, now }: MessageContext, original: Delivery): void {
  world.deliveries.put({ ...original, id: ids.uuid(), attempts: [], nextAttemptAt: now })
}

export function isCopy(delivery: Delivery): boolean {
  return delivery.id !== delivery.idempotencyKey
}

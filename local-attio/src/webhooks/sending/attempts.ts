// Records each attempt: a message is delivered, waits for its next attempt or has failed, and its webhook
// is active, degraded or inactive.
import type { Attempt, Delivery, Webhook } from '../../world/webhooks.ts'
import type { World } from '../../world/world.ts'
import { degradedForMs, waitAfter } from './retry-plan.ts'

export type AttemptLog = {
  /** Records an attempt that ended now, unless the message is gone. */
  note(deliveryId: string, attempt: Attempt, now: number): void
  /** Records an attempt that a fault dropped. */
  noteDrop(deliveryId: string, attempt: Attempt): void
}

const keptDeliveries = 1000

/** Keeps the latest 1,000 deliveries that are over. */
export function createAttemptLog(world: World): AttemptLog {
  /** Ids of those, oldest first. */
  const over = new Set<string>()
  world.deliveries.watch({
    changed: (before, after) => {
      if (after && after.status !== 'waiting') over.add(after.id)
      else if (before) over.delete(before.id)
    },
  })

  const edit = (deliveryId: string, change: (delivery: Delivery, webhook: Webhook) => void) =>
    world.transact(() => {
      const delivery = world.deliveries.get(deliveryId)
      const webhook = delivery && world.webhooks.get(delivery.webhookId)
      if (webhook && delivery.status === 'waiting') change(delivery, webhook)
      const surplus = Math.max(over.size - keptDeliveries, 0)
      for (const id of over.values().take(surplus).toArray()) world.deliveries.remove(id)
    })

  return {
    note: (deliveryId, attempt, now) =>
      edit(deliveryId, (delivery, webhook) => {
        const attempts = [...delivery.attempts, attempt]
        const waitMs = waitAfter(attempts.length)
        if (isSuccess(attempt)) {
          world.deliveries.put({ ...delivery, attempts, status: 'delivered', nextAttemptAt: null })
          setDegraded(world, webhook, null)
        } else if (waitMs !== undefined) {
          world.deliveries.put({ ...delivery, attempts, nextAttemptAt: now + waitMs })
        } else {
          world.deliveries.put({ ...delivery, attempts, status: 'failed', nextAttemptAt: null })
          setDegraded(world, webhook, webhook.degradedAt ?? now)
        }
      }),
    noteDrop: (deliveryId, attempt) =>
      edit(deliveryId, (delivery) => {
        const attempts = [...delivery.attempts, attempt]
        world.deliveries.put({ ...delivery, attempts, status: 'dropped', nextAttemptAt: null })
      }),
  }
}

function isSuccess({ status }: Attempt): boolean {
  return status !== null && status >= 200 && status < 300
}

/** assumed: one message that arrives makes a degraded webhook active again. */
function setDegraded(world: World, webhook: Webhook, degradedAt: number | null): void {
  if (webhook.status === 'inactive' || webhook.degradedAt === degradedAt) return
  world.webhooks.put({
    ...webhook,
    status: degradedAt === null ? 'active' : 'degraded',
    degradedAt,
  })
}

/** Returns when the next degraded webhook becomes inactive; Infinity without one. */
export function nextEnd(world: World): number {
  return Math.min(...world.webhooks.all().map(endOf))
}

/** Makes webhooks inactive that were degraded for too long, and fails their waiting messages. */
export function endDegraded(world: World, now: number): void {
  for (const webhook of world.webhooks.all()) {
    if (endOf(webhook) <= now) world.transact(() => endWebhook(world, webhook))
  }
}

function endOf({ degradedAt }: Webhook): number {
  return degradedAt === null ? Infinity : degradedAt + degradedForMs
}

function endWebhook(world: World, webhook: Webhook): void {
  world.webhooks.put({ ...webhook, status: 'inactive', degradedAt: null })
  for (const delivery of world.deliveries.all()) {
    if (delivery.webhookId !== webhook.id || delivery.status !== 'waiting') continue
    world.deliveries.put({ ...delivery, status: 'failed', nextAttemptAt: null })
  }
}

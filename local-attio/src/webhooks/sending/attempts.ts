// What came of each attempt: the message has arrived, waits for its next attempt, or is given up,
// and its webhook is well, degraded or inactive.
import type { Attempt, Delivery, Webhook } from '../../world/entities.ts'
import type { World } from '../../world/world.ts'
import { degradedForMs, waitAfter } from './retry-plan.ts'

export type Ledger = {
  /** Notes an attempt that ended now. Nothing happens when the message is gone meanwhile. */
  note(deliveryId: string, attempt: Attempt, now: number): void
  /** Notes an attempt that seemed to succeed, and did not reach anybody. */
  noteDrop(deliveryId: string, attempt: Attempt): void
}

const keptDeliveries = 1000

/** Keeps the latest 1,000 deliveries that are over. */
export function createLedger(world: World): Ledger {
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

/** When the next degraded webhook becomes inactive; Infinity when none does. */
export function nextEnd(world: World): number {
  return Math.min(...world.webhooks.all().map(endOf))
}

/** Ends the webhooks that have been degraded for too long, and what still waits for them. */
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

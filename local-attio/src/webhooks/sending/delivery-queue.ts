// The queue of messages: due ones first, oldest first, each target at its own rate.
import type { Delivery, Webhook } from '../../world/webhooks.ts'
import type { World } from '../../world/world.ts'
import { createSlidingWindow } from '../../sliding-window.ts'
import { createDueQueue, type DueQueue } from './due-queue.ts'

export type Message = { readonly delivery: Delivery; readonly webhook: Webhook }

export type DeliveryQueue = {
  /** Takes the next message that may be sent; undefined when there is none. */
  take(now: number): Message | undefined
  /** Counts a sent message towards the rate of its target. */
  count(message: Message, now: number): void
  /** Returns when the next message may be sent; Infinity when nothing waits. */
  nextAt(now: number): number
}

/** Follows the deliveries of the world. A message that was taken comes back when it is edited. */
export function createDeliveryQueue(world: World, perSecond: () => number): DeliveryQueue {
  const rate = createSlidingWindow()
  const freeAt = (target: string, now: number) => rate.freeAt(target, perSecond(), now)
  const queue = createDueQueue()
  /** The queue of due messages of each target. */
  const dueByTarget = new Map<string, DueQueue>()
  const ages = new Map<string, number>()
  let lastAge = 0

  const enter = (into: DueQueue, { id, nextAttemptAt }: Delivery): void => {
    const age = ages.get(id) ?? (lastAge += 1)
    ages.set(id, age)
    if (nextAttemptAt !== null) into.put(id, { at: nextAttemptAt, age })
  }

  const leave = (id: string): void => {
    queue.remove(id)
    for (const due of dueByTarget.values()) due.remove(id)
  }

  world.deliveries.watch({
    changed: (before, after) => {
      if (before) leave(before.id)
      if (after?.status === 'waiting') enter(queue, after)
      else if (before) ages.delete(before.id)
    },
  })

  const queueOf = (target: string): DueQueue => {
    const due = dueByTarget.get(target) ?? createDueQueue()
    dueByTarget.set(target, due)
    return due
  }

  /** Moves every due message to the queue of its target. */
  const moveDue = (now: number): void => {
    for (let id = queue.take(now); id !== undefined; id = queue.take(now)) {
      const message = messageOf(world, id)
      if (message) enter(queueOf(message.webhook.targetUrl), message.delivery)
    }
  }

  const takeAt = (target: string, due: DueQueue): Message | undefined => {
    for (let id = due.take(Infinity); id !== undefined; id = due.take(Infinity)) {
      const message = messageOf(world, id)
      if (message?.webhook.targetUrl === target) return message
      // Its webhook has another target since.
      if (message) enter(queueOf(message.webhook.targetUrl), message.delivery)
    }
    dueByTarget.delete(target)
    return undefined
  }

  return {
    take: (now) => {
      moveDue(now)
      for (const [target, due] of dueByTarget) {
        const message = freeAt(target, now) <= now ? takeAt(target, due) : undefined
        if (message) return message
      }
      return undefined
    },
    count: ({ webhook }, now) => rate.count(webhook.targetUrl, perSecond(), now),
    nextAt: (now) => {
      const dueTimes = Array.from(dueByTarget, ([target, due]) =>
        due.nextAt() === undefined ? Infinity : freeAt(target, now),
      )
      return Math.min(queue.nextAt() ?? Infinity, ...dueTimes)
    },
  }
}

/** Returns a waiting message whose webhook still exists. */
function messageOf(world: World, id: string): Message | undefined {
  const delivery = world.deliveries.get(id)
  const webhook = delivery && world.webhooks.get(delivery.webhookId)
  return webhook && delivery.status === 'waiting' ? { delivery, webhook } : undefined
}

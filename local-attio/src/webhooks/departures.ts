// Which message may leave now: those that are due, oldest first, each target at its own rate.
import type { Delivery, Webhook } from '../world/entities.ts'
import type { World } from '../world/world.ts'
import { createDueQueue } from './due-queue.ts'
import { createTargetRates } from './target-rates.ts'

export type Message = { readonly delivery: Delivery; readonly webhook: Webhook }

export type Departures = {
  /** The next message that may leave; undefined when none may. */
  take(now: number): Message | undefined
  /** Counts one that left towards the rate of its target. */
  count(message: Message, now: number): void
  /** When it is worth asking again; Infinity when nothing waits. */
  nextAt(now: number): number
}

/** Follows the deliveries of the world. A message that was taken comes back when it is edited. */
export function createDepartures(world: World, perSecond: () => number): Departures {
  const queue = createDueQueue()
  const rates = createTargetRates(perSecond)
  /** Ids of what is due, by target. */
  const gates = new Map<string, Set<string>>()

  world.deliveries.watch({
    changed: (before, after) => {
      const id = after?.id ?? before?.id ?? ''
      for (const gate of gates.values()) gate.delete(id)
      const at = after?.nextAttemptAt ?? null
      if (at === null) queue.remove(id)
      else queue.put(id, at)
    },
  })

  const stand = (id: string): void => {
    const target = messageOf(world, id)?.webhook.targetUrl
    if (target === undefined) return
    const gate = gates.get(target)
    if (gate) gate.add(id)
    else gates.set(target, new Set([id]))
  }

  const takeAt = (target: string, gate: Set<string>): Message | undefined => {
    for (const id of gate) {
      gate.delete(id)
      const message = messageOf(world, id)
      if (message?.webhook.targetUrl === target) return message
      stand(id) // its webhook has another target since
    }
    gates.delete(target)
    return undefined
  }

  return {
    take: (now) => {
      for (let id = queue.take(now); id !== undefined; id = queue.take(now)) stand(id)
      for (const [target, gate] of gates) {
        const message = rates.freeAt(target, now) <= now ? takeAt(target, gate) : undefined
        if (message) return message
      }
      return undefined
    },
    count: ({ webhook }, now) => rates.count(webhook.targetUrl, now),
    nextAt: (now) => {
      const times = Array.from(gates, ([target, gate]) =>
        gate.size === 0 ? Infinity : rates.freeAt(target, now),
      )
      return Math.min(queue.nextAt() ?? Infinity, ...times)
    },
  }
}

/** A message that still has a webhook to go to. */
function messageOf(world: World, id: string): Message | undefined {
  const delivery = world.deliveries.get(id)
  const webhook = delivery && world.webhooks.get(delivery.webhookId)
  return webhook && delivery.status === 'waiting' ? { delivery, webhook } : undefined
}

// Which message may leave now: those that are due, oldest first, each target at its own rate.
import type { Delivery, Webhook } from '../../world/entities.ts'
import type { World } from '../../world/world.ts'
import { createSlidingSecond } from '../../sliding-window.ts'
import { createDueQueue, type DueQueue } from './due-queue.ts'

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
  const rate = createSlidingSecond()
  const freeAt = (target: string, now: number) => rate.freeAt(target, perSecond(), now)
  const queue = createDueQueue()
  /** What is due already, by target. */
  const gates = new Map<string, DueQueue>()
  const ages = new Map<string, number>()
  let lastAge = 0

  const enter = (into: DueQueue, { id, nextAttemptAt }: Delivery): void => {
    const age = ages.get(id) ?? (lastAge += 1)
    ages.set(id, age)
    if (nextAttemptAt !== null) into.put(id, { at: nextAttemptAt, age })
  }

  const leave = (id: string): void => {
    queue.remove(id)
    for (const gate of gates.values()) gate.remove(id)
  }

  world.deliveries.watch({
    changed: (before, after) => {
      if (before) leave(before.id)
      if (after?.status === 'waiting') enter(queue, after)
      else if (before) ages.delete(before.id)
    },
  })

  const gateAt = (target: string): DueQueue => {
    const gate = gates.get(target) ?? createDueQueue()
    gates.set(target, gate)
    return gate
  }

  /** Lets everything that is due go to the gate of its target. */
  const callDue = (now: number): void => {
    for (let id = queue.take(now); id !== undefined; id = queue.take(now)) {
      const message = messageOf(world, id)
      if (message) enter(gateAt(message.webhook.targetUrl), message.delivery)
    }
  }

  const takeAt = (target: string, gate: DueQueue): Message | undefined => {
    for (let id = gate.take(Infinity); id !== undefined; id = gate.take(Infinity)) {
      const message = messageOf(world, id)
      if (message?.webhook.targetUrl === target) return message
      // Its webhook has another target since.
      if (message) enter(gateAt(message.webhook.targetUrl), message.delivery)
    }
    gates.delete(target)
    return undefined
  }

  return {
    take: (now) => {
      callDue(now)
      for (const [target, gate] of gates) {
        const message = freeAt(target, now) <= now ? takeAt(target, gate) : undefined
        if (message) return message
      }
      return undefined
    },
    count: ({ webhook }, now) => rate.count(webhook.targetUrl, perSecond(), now),
    nextAt: (now) => {
      const atGates = Array.from(gates, ([target, gate]) =>
        gate.nextAt() === undefined ? Infinity : freeAt(target, now),
      )
      return Math.min(queue.nextAt() ?? Infinity, ...atGates)
    },
  }
}

/** A message that still has a webhook to go to. */
function messageOf(world: World, id: string): Message | undefined {
  const delivery = world.deliveries.get(id)
  const webhook = delivery && world.webhooks.get(delivery.webhookId)
  return webhook && delivery.status === 'waiting' ? { delivery, webhook } : undefined
}

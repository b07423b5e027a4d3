// Sends one message to its target, altered by its fault.
import type { Clock } from '../../clock.ts'
import type { WebhookEffect, WebhookFaults } from '../../faults/webhook-faults.ts'
import type { Ids } from '../../ids.ts'
import type { World } from '../../world/world.ts'
import type { DeliveryQueue, Message } from './delivery-queue.ts'
import { alter, createFaultFilter } from './apply-faults.ts'
import { createAttemptLog } from './attempts.ts'
import { queueCopy } from './queue-deliveries.ts'
import { post, type Deliver, type Posted } from './post.ts'
import { sign } from './signature.ts'

export type SenderSettings = {
  /**
   * How long a receiver may take. Attio: 5,000. It also counts in real time, so that a silent receiver
   * does not stop a clock that is being advanced.
   */
  deadlineMs: number
  /** Deliveries per second and target. Attio: 25. */
  perSecond: number
}

export type SenderParts = {
  readonly world: World
  readonly clock: Clock
  readonly ids: Ids
  readonly faults: WebhookFaults
  readonly settings: SenderSettings
  readonly deliver: Deliver
}

/** Returns a function that sends a message taken from the queue, and holds the clock until it has arrived. */
export function createDeliverySender(
  parts: SenderParts,
  queue: DeliveryQueue,
  closing: AbortSignal,
): (message: Message) => void {
  const { world, clock, ids, faults, settings, deliver } = parts
  const faultFilter = createFaultFilter(faults)
  const attempts = createAttemptLog(world)

  const postpone = (deliveryId: string, at: number): void => {
    const delivery = world.deliveries.get(deliveryId)
    if (delivery?.status !== 'waiting') return
    world.transact(() => world.deliveries.put({ ...delivery, nextAttemptAt: at }))
  }

  const postUnlessDropped = async (message: Message, effect: WebhookEffect): Promise<Posted> => {
    if (effect.drop) return { status: null, problem: 'Dropped on its way by a fault.' }
    const limits = { clock, closing, deadlineMs: settings.deadlineMs }
    return post(deliver, deliveryOf(message, effect), limits)
  }

  const send = async (
    message: Message,
    effect: WebhookEffect,
    fault: number | null,
  ): Promise<void> => {
    const at = clock.now()
    const posted = await postUnlessDropped(message, effect)
    if (closing.aborted) return
    const now = clock.now()
    const { targetUrl } = message.webhook
    const attempt = { at, targetUrl, ...posted, durationMs: now - at, fault }
    if (effect.drop) attempts.noteDrop(message.delivery.id, attempt)
    else attempts.note(message.delivery.id, attempt, now)
  }

  return (message) => {
    const now = clock.now()
    const verdict = faultFilter.judge(message, now)
    if (verdict.kind === 'later') return postpone(message.delivery.id, verdict.at)
    const { effect, fault } = verdict
    queue.count(message, now)
    for (let copies = effect.duplicates ?? 0; copies > 0; copies -= 1) {
      world.transact(() => queueCopy({ world, ids, now }, message.delivery))
    }
    const next = faultFilter.left(message)
    if (next !== undefined) postpone(next, now)
    clock.hold(send(message, effect, fault).catch(throwLater))
  }
}

function deliveryOf({ delivery, webhook }: Message, { signature, body }: WebhookEffect) {
  const signed = sign(delivery.body, webhook.secret, signature)
  return {
    url: webhook.targetUrl,
    body: alter(delivery.body, body),
    headers: {
      'Content-Type': 'application/json',
      'Idempotency-Key': delivery.idempotencyKey,
      ...(signed !== undefined && { 'Attio-Signature': signed, 'X-Attio-Signature': signed }),
    },
  }
}

/** A failure here is a bug or a full disk, and must not be lost with the promise. */
function throwLater(error: unknown): void {
  setImmediate(() => {
    throw error
  })
}

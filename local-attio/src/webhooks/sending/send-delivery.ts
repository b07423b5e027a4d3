// Carries one message to its target, with whatever a fault does to it on the way.
import type { Clock } from '../../clock.ts'
import type { WebhookEffect, WebhookFaults } from '../../faults/webhook-faults.ts'
import type { Ids } from '../../ids.ts'
import type { World } from '../../world/world.ts'
import type { Departures, Message } from './delivery-queue.ts'
import { alter, createHindrance } from './apply-faults.ts'
import { createLedger } from './attempts.ts'
import { queueCopy } from './queue-deliveries.ts'
import { post, type Deliver, type Posted } from './post.ts'
import { sign } from './signature.ts'

export type SenderSettings = {
  /**
   * How long a receiver may take. Attio: 5,000. It counts in real time, too: nobody's silence may
   * stop a clock that is being advanced.
   */
  deadlineMs: number
  /** Deliveries per second and target. Attio: 25. */
  perSecond: number
}

export type CarrierParts = {
  readonly world: World
  readonly clock: Clock
  readonly ids: Ids
  readonly faults: WebhookFaults
  readonly settings: SenderSettings
  readonly deliver: Deliver
}

/** Lets a message go that was taken from the departures. The clock is held until it has arrived. */
export function createCarrier(
  parts: CarrierParts,
  departures: Departures,
  closing: AbortSignal,
): (message: Message) => void {
  const { world, clock, ids, faults, settings, deliver } = parts
  const hindrance = createHindrance(faults)
  const ledger = createLedger(world)

  const postpone = (deliveryId: string, at: number): void => {
    const delivery = world.deliveries.get(deliveryId)
    if (delivery?.status !== 'waiting') return
    world.transact(() => world.deliveries.put({ ...delivery, nextAttemptAt: at }))
  }

  const travel = async (message: Message, effect: WebhookEffect): Promise<Posted> => {
    if (effect.drop) return { status: null, problem: 'Dropped on its way by a fault.' }
    const limits = { clock, closing, deadlineMs: settings.deadlineMs }
    return post(deliver, letterOf(message, effect), limits)
  }

  const carry = async (
    message: Message,
    effect: WebhookEffect,
    fault: number | null,
  ): Promise<void> => {
    const at = clock.now()
    const posted = await travel(message, effect)
    if (closing.aborted) return
    const now = clock.now()
    const { targetUrl } = message.webhook
    const attempt = { at, targetUrl, ...posted, durationMs: now - at, fault }
    if (effect.drop) ledger.noteDrop(message.delivery.id, attempt)
    else ledger.note(message.delivery.id, attempt, now)
  }

  return (message) => {
    const now = clock.now()
    const verdict = hindrance.judge(message, now)
    if (verdict.kind === 'later') return postpone(message.delivery.id, verdict.at)
    const { effect, fault } = verdict
    departures.count(message, now)
    for (let copies = effect.duplicates ?? 0; copies > 0; copies -= 1) {
      world.transact(() => queueCopy({ world, ids, now }, message.delivery))
    }
    const next = hindrance.left(message)
    if (next !== undefined) postpone(next, now)
    clock.hold(carry(message, effect, fault).catch(throwLater))
  }
}

function letterOf({ delivery, webhook }: Message, { signature, body }: WebhookEffect) {
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

/** What goes wrong here is a bug or a full disk: it must not get lost with the promise. */
function throwLater(error: unknown): void {
  setImmediate(() => {
    throw error
  })
}

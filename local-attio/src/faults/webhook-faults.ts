// Scripted failures of webhook deliveries: which attempts they affect, and how.
import type { Clock } from '../clock.ts'
import type { Delivery, Webhook } from '../world/webhooks.ts'
import { createFaultRules, type FaultLimits, type FaultRules } from './fault-rules.ts'
import { matchesPath } from '../journal/journal.ts'

export type WebhookFault = FaultLimits & {
  /** Only deliveries of this webhook. */
  readonly webhookId?: string
  /** Only deliveries to this address; "*" matches any text. */
  readonly targetUrl?: string
  /** Only deliveries of this event type, such as "task.*". */
  readonly eventType?: string
  readonly effect: WebhookEffect
}

/** The effects on an attempt, which can be combined. A retry is another attempt. */
export type WebhookEffect = {
  /** The message is lost, but Attio believes that it arrived. */
  readonly drop?: boolean
  /** Delays the message by this many milliseconds of the local Attio's clock. */
  readonly delayMs?: number
  /**
   * Lets this many later messages to the same webhook go first, or sends the message after a minute.
   * Only one message at a time is held back.
   */
  readonly reorder?: number
  /** The number of duplicates, sent with the same `Idempotency-Key`. */
  readonly duplicates?: number
  /** Makes the signature headers wrong. */
  readonly signature?: 'wrong' | 'missing' | 'upper-case' | 'truncated' | 'doubled'
  /** Sends a body that differs from the signed one. */
  readonly body?: 'altered' | ((body: string) => string)
}

export type WebhookFaults = FaultRules<WebhookFault> & {
  /** Returns the fault for this attempt; for the sender. */
  meet(delivery: Delivery, webhook: Webhook): { number: number; effect: WebhookEffect } | undefined
}

export function createWebhookFaults(clock: Clock): WebhookFaults {
  const rules = createFaultRules<WebhookFault>(clock)
  return {
    ...rules,
    meet: (delivery, webhook) => {
      const met = rules.meet(
        ({ webhookId, targetUrl, eventType }) =>
          (webhookId === undefined || webhookId === webhook.id) &&
          (targetUrl === undefined || matchesPath(targetUrl, webhook.targetUrl)) &&
          (eventType === undefined || matchesPath(eventType, delivery.eventType)),
      )
      return met && { number: met.number, effect: met.fault.effect }
    },
  }
}

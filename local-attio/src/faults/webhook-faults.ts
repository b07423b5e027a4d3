// Scripted failures of webhook deliveries: which attempts they meet, and what becomes of them.
import type { Clock } from '../clock.ts'
import type { Delivery, Webhook } from '../world/entities.ts'
import { createFaultRules, type FaultLimits, type FaultRules } from './fault-rules.ts'
import { matchesPath } from '../journal/journal.ts'

export type WebhookFault = FaultLimits & {
  /** Only deliveries of this webhook. */
  readonly webhookId?: string
  /** Only deliveries to this address; "*" stands for anything. */
  readonly targetUrl?: string
  /** Only deliveries of this type of event, such as "task.*". */
  readonly eventType?: string
  readonly effect: WebhookEffect
}

/** What happens to an attempt; effects can be combined. A retry is another attempt. */
export type WebhookEffect = {
  /** The message is lost on its way, and Attio believes that it has arrived. */
  readonly drop?: boolean
  /** It leaves so much later, on the local Attio's clock. */
  readonly delayMs?: number
  /**
   * Lets so many later messages to the same webhook go first, or leaves after a minute.
   * One message at a time is held back like that.
   */
  readonly reorder?: number
  /** It is sent so many times more, with the same `Idempotency-Key`. */
  readonly duplicates?: number
  /** The wrong content of the signature headers. */
  readonly signature?: 'wrong' | 'missing' | 'upper-case' | 'truncated' | 'doubled'
  /** Another body than the one that was signed. */
  readonly body?: 'altered' | ((body: string) => string)
}

export type WebhookFaults = FaultRules<WebhookFault> & {
  /** For the sender: the fault that meets this attempt. */
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

// Applies webhook faults to messages: sends them unchanged, altered or later.
import type { WebhookEffect, WebhookFaults } from '../../faults/webhook-faults.ts'
import type { Message } from './delivery-queue.ts'
import { isCopy } from './queue-deliveries.ts'

export type Verdict =
  | { readonly kind: 'go'; readonly effect: WebhookEffect; readonly fault: number | null }
  | { readonly kind: 'later'; readonly at: number }

export type FaultFilter = {
  /** Decides on a message before each attempt, and again when a delayed message is due. */
  judge(message: Message, now: number): Verdict
  /** Counts a sent message. Returns the id of the message that was waiting for it to pass. */
  left(message: Message): string | undefined
}

/** The longest time that a reordered message waits for others to pass. */
const longestReorderMs = 60_000

const free: Verdict = { kind: 'go', effect: {}, fault: null }

export function createFaultFilter(faults: WebhookFaults): FaultFilter {
  /** The verdicts of delayed messages. */
  const later = new Map<string, Verdict>()
  /** By webhook: the message that lets others pass, and how many more. */
  const aside = new Map<string, { readonly id: string; passing: number }>()

  const meet = ({ delivery, webhook }: Message, now: number): Verdict => {
    const met = isCopy(delivery) ? undefined : faults.meet(delivery, webhook)
    if (!met) return free
    const { effect, number: fault } = met
    const go: Verdict = { kind: 'go', effect, fault }
    const passing = aside.has(webhook.id) ? 0 : (effect.reorder ?? 0)
    const waitMs = effect.delayMs ?? (passing > 0 ? longestReorderMs : 0)
    if (waitMs <= 0) return go
    if (passing > 0) aside.set(webhook.id, { id: delivery.id, passing })
    later.set(delivery.id, go)
    return { kind: 'later', at: now + waitMs }
  }

  return {
    judge: (message, now) => {
      const { id } = message.delivery
      const verdict = later.get(id)
      if (!verdict) return meet(message, now)
      later.delete(id)
      return verdict
    },
    left: ({ delivery, webhook }) => {
      const waiting = aside.get(webhook.id)
      if (!waiting) return undefined
      if (waiting.id !== delivery.id) waiting.passing -= 1
      if (waiting.id !== delivery.id && waiting.passing > 0) return undefined
      aside.delete(webhook.id)
      return waiting.id === delivery.id ? undefined : waiting.id
    },
  }
}

/** The body that is sent instead of the one that was signed. */
export function alter(body: string, change: WebhookEffect['body']): string {
  if (change === undefined) return body
  return change === 'altered' ? `${body.slice(0, -1)},"altered":true}` : change(body)
}

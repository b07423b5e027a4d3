// Reads a webhook delivery. Source: docs.attio.com/rest-api/guides/webhooks
import { AttioResponseError } from '../errors.ts'
import { readShortBodyAs } from '../wire/read-body.ts'
import { type ReadDelivery, webhookDeliverySchema } from '../wire/webhook-delivery.ts'

/** Header names of a delivery. The key is the same for every attempt to deliver a message. */
export const webhookHeaders = {
  signature: 'attio-signature',
  idempotencyKey: 'idempotency-key',
} as const

export type WebhookDelivery =
  | ({ readonly kind: 'delivery' } & ReadDelivery)
  /** The body is not what Attio documents; `path` and `expectation` say where. */
  | { readonly kind: 'unreadable'; readonly path: string; readonly expectation: string }

/**
 * Reads the body of a delivery whose signature has been verified. Never throws. A delivery holds one
 * event today; Attio says there may be more.
 *
 * @example
 * const delivery = readWebhookDelivery(await request.text())
 * if (delivery.kind === 'delivery') for (const event of delivery.events) refetch(event.subject)
 */
export function readWebhookDelivery(body: string): WebhookDelivery {
  try {
    const delivery = readShortBodyAs('webhook delivery', body, webhookDeliverySchema)
    return { kind: 'delivery', ...delivery }
  } catch (error) {
    if (!(error instanceof AttioResponseError)) throw error
    return { kind: 'unreadable', path: error.path, expectation: error.expectation }
  }
}

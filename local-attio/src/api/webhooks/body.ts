// The request bodies that create or change a webhook.
import { z } from 'zod'
import { subscribableEventTypes } from '../../webhooks/event-types.ts'
import { isTargetUrl } from '../../webhooks/target-url.ts'

const targetUrl = z
  .string()
  .refine(isTargetUrl, 'The target URL must use https, or http on this machine')

const conditions = z.array(
  z.object({ field: z.string(), operator: z.enum(['equals', 'not_equals']), value: z.string() }),
)

const absent = z.never().exactOptional()

/** Required, although it may be null. The document requires exactly one of the two members. */
const filter = z.union([
  z.null(),
  z.object({ $and: conditions, $or: absent }),
  z.object({ $or: conditions, $and: absent }),
])

const subscriptions = z
  .array(
    z
      .object({ event_type: z.enum(subscribableEventTypes), filter })
      .transform((one) => ({ eventType: one.event_type, filter: one.filter })),
  )
  .min(1, 'At least one subscription is required') // assumed, as is that there is no upper limit

export const newWebhook = z.object({
  data: z
    .object({ target_url: targetUrl, subscriptions })
    .transform((data) => ({ targetUrl: data.target_url, subscriptions: data.subscriptions })),
})

export const webhookChanges = z.object({
  data: z
    .object({ target_url: targetUrl.optional(), subscriptions: subscriptions.optional() })
    .refine((data) => Object.keys(data).length > 0, 'At least one property must be provided')
    .transform((data) => ({
      ...(data.target_url !== undefined && { targetUrl: data.target_url }),
      ...(data.subscriptions && { subscriptions: data.subscriptions }),
    })),
})

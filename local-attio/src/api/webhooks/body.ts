// What POST and PATCH of a webhook accept.
import { z } from 'zod'
import { subscribableEventTypes } from '../../webhooks/event-types.ts'
import { isTargetUrl } from '../../webhooks/target-url.ts'
import { webhookFilter } from '../../world/entities.ts'

const targetUrl = z
  .string()
  .refine(isTargetUrl, 'The target URL must use https, or http on this machine')

/** Must be there, null or not. Seen: a missing one is "Invalid input", not "Required". */
const filter = z.unknown().transform((input, context) => {
  const parsed = webhookFilter.safeParse(input)
  if (parsed.success) return parsed.data
  context.addIssue({ code: 'custom', message: 'Invalid input' })
  return z.NEVER
})

const subscriptions = z
  .array(
    z
      .strictObject({ event_type: z.enum(subscribableEventTypes), filter })
      .transform((one) => ({ eventType: one.event_type, filter: one.filter })),
  )
  .min(1, 'At least one subscription is required') // assumed, as is that there is no upper limit

export const newWebhook = z.strictObject({
  data: z
    .strictObject({ target_url: targetUrl, subscriptions })
    .transform((data) => ({ targetUrl: data.target_url, subscriptions: data.subscriptions })),
})

export const webhookChanges = z.strictObject({
  data: z
    .strictObject({ target_url: targetUrl.optional(), subscriptions: subscriptions.optional() })
    .refine((data) => Object.keys(data).length > 0, 'At least one property must be provided')
    .transform((data) => ({
      ...(data.target_url !== undefined && { targetUrl: data.target_url }),
      ...(data.subscriptions && { subscriptions: data.subscriptions }),
    })),
})

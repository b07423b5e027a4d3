// Webhooks and their deliveries, as the world stores them.
import { z } from 'zod'
import { id, instant } from './entities.ts'

export const filterCondition = z.strictObject({
  /** A path into the event, such as "actor.type". */
  field: z.string(),
  operator: z.enum(['equals', 'not_equals']),
  value: z.string(),
})

/** Selects events of a subscription's type; null selects all. */
export const webhookFilter = z
  .union([
    z.strictObject({ $and: z.array(filterCondition) }),
    z.strictObject({ $or: z.array(filterCondition) }),
  ])
  .nullable()
export type WebhookFilter = z.infer<typeof webhookFilter>

export const subscription = z.strictObject({ eventType: z.string(), filter: webhookFilter })
export type Subscription = z.infer<typeof subscription>

export const webhook = z.strictObject({
  id,
  workspaceId: id,
  /** The app whose token created it; null when it was created in the dashboard. */
  appId: id.nullable(),
  targetUrl: z.string(),
  status: z.enum(['active', 'degraded', 'inactive']),
  /** When it became degraded; null otherwise. */
  degradedAt: instant.nullable(),
  subscriptions: z.array(subscription),
  secret: z.string(),
  createdAt: instant,
})
export type Webhook = z.infer<typeof webhook>

/** One attempt to deliver a message to its target. */
export const attempt = z.strictObject({
  at: instant,
  targetUrl: z.string(),
  /** The receiver's answer; null when there was none. */
  status: z.number().int().nullable(),
  /** The reason when there was no answer. */
  problem: z.string().nullable(),
  durationMs: z.number().int(),
  /** The number of the webhook fault that applied. */
  fault: z.number().int().nullable(),
})
export type Attempt = z.infer<typeof attempt>

/** A message to a webhook's target: it waits until it is delivered, failed or dropped. */
export const delivery = z.strictObject({
  id,
  webhookId: id,
  eventType: z.string(),
  /** The same at every attempt. A duplicate that a fault made has its original's. */
  idempotencyKey: z.string(),
  /** The request body, as signed. */
  body: z.string(),
  attempts: z.array(attempt),
  nextAttemptAt: instant.nullable(),
  status: z.enum(['waiting', 'delivered', 'failed', 'dropped']),
  createdAt: instant,
})
export type Delivery = z.infer<typeof delivery>

// A webhook: a target and the events that Attio delivers to it.
// Source: docs.attio.com/rest-api/endpoint-reference/webhooks
import { z } from 'zod'
import { anyObject } from './any-object.ts'
import { wireId } from './id.ts'
import { instantSchema } from './instants.ts'
import { shortArray } from './short-array.ts'

export type WebhookEventType =
  | `activity.${'created' | 'updated' | 'deleted'}`
  | `activity-attribute.${'created' | 'updated'}`
  | `activity-record.${'created' | 'deleted'}`
  | 'call-recording.created'
  | `comment.${'created' | 'resolved' | 'unresolved' | 'deleted'}`
  | `list.${'created' | 'updated' | 'deleted'}`
  | `list-attribute.${'created' | 'updated'}`
  | `list-entry.${'created' | 'updated' | 'deleted'}`
  | `object-attribute.${'created' | 'updated'}`
  | `note.${'created' | 'updated' | 'deleted'}`
  | 'note-content.updated'
  | `record.${'created' | 'merged' | 'updated' | 'deleted'}`
  | `task.${'created' | 'updated' | 'deleted'}`
  | 'workspace-member.created'

export interface WebhookCondition {
  /** Dotted, for example `actor.type`. */
  readonly field: string
  readonly operator: 'equals' | 'not_equals'
  readonly value: string
}

/** The filter of a subscription; null delivers every event. */
export type WebhookFilter =
  | { readonly $and: readonly WebhookCondition[] }
  | { readonly $or: readonly WebhookCondition[] }
  | null

/** A new subscription. */
export interface WebhookSubscription {
  readonly eventType: WebhookEventType
  /** Default null: every event of the type. */
  readonly filter?: WebhookFilter
}

/** A subscription as read. Event types and filters that this package does not know pass through. */
export interface ActiveWebhookSubscription {
  readonly eventType: string
  readonly filter: Readonly<Record<string, unknown>> | null
}

export interface Webhook {
  readonly id: string
  readonly workspaceId: string
  readonly targetUrl: string
  /** `active`, `degraded` (deliveries failed for days) or `inactive`. */
  readonly status: string
  readonly subscriptions: readonly ActiveWebhookSubscription[]
  /** Milliseconds since 1970. */
  readonly createdAt: number
}

/** `secret` signs the deliveries; Attio shows it only in the answer to a create. */
export interface CreatedWebhook extends Webhook {
  readonly secret: string
}

const webhookObject = z.object({
  id: z.object({ workspace_id: wireId, webhook_id: wireId }),
  target_url: z.string(),
  status: z.string(),
  subscriptions: shortArray(z.object({ event_type: z.string(), filter: anyObject.nullish() })),
  created_at: instantSchema,
})

export const webhookSchema: z.ZodType<Webhook> = webhookObject.transform(readWebhook)

export const createdWebhookSchema: z.ZodType<CreatedWebhook> = webhookObject
  .extend({ secret: z.string().min(1) })
  .transform((wire): CreatedWebhook => ({ ...readWebhook(wire), secret: wire.secret }))

function readWebhook(wire: z.output<typeof webhookObject>): Webhook {
  return {
    id: wire.id.webhook_id,
    workspaceId: wire.id.workspace_id,
    targetUrl: wire.target_url,
    status: wire.status,
    subscriptions: wire.subscriptions.map(({ event_type, filter }) => ({
      eventType: event_type,
      filter: filter ?? null,
    })),
    createdAt: wire.created_at,
  }
}

/** Always includes a `filter` key, because Attio refuses a subscription without one. */
export function subscriptionBody({ eventType, filter = null }: WebhookSubscription): unknown {
  return { event_type: eventType, filter }
}

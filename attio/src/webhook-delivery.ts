// Reads a delivery: ids and who acted, never the thing itself.
// Source: docs.attio.com/rest-api/guides/webhooks
import { z } from 'zod'
import { AttioResponseError } from './errors.ts'
import { type Actor, actorSchema } from './wire/actor.ts'
import { readBodyAs } from './wire/read-body.ts'

/** Header names of a delivery. The key is the same whenever Attio sends one message again. */
export const webhookHeaders = {
  signature: 'attio-signature',
  idempotencyKey: 'idempotency-key',
} as const

export type WebhookSubject =
  | { readonly kind: 'task'; readonly taskId: string }
  | { readonly kind: 'workspace-member'; readonly workspaceMemberId: string }
  | { readonly kind: 'record'; readonly objectId: string; readonly recordId: string }
  | { readonly kind: 'other' }

export interface WebhookEvent {
  /** For example `task.updated`; which members changed, Attio does not say. */
  readonly eventType: string
  readonly workspaceId: string
  readonly subject: WebhookSubject
  readonly actor: Actor | null
}

export type WebhookDelivery =
  | {
      readonly kind: 'delivery'
      readonly webhookId: string
      readonly events: readonly WebhookEvent[]
    }
  /** Not what Attio documents; `path` and `expectation` say where. */
  | { readonly kind: 'unreadable'; readonly path: string; readonly expectation: string }

const id = z.string().min(1)

const subjectSchema = z.union([
  z.object({ task_id: id }).transform((ids) => ({ kind: 'task' as const, taskId: ids.task_id })),
  z.object({ workspace_member_id: id }).transform((ids) => ({
    kind: 'workspace-member' as const,
    workspaceMemberId: ids.workspace_member_id,
  })),
  z.object({ object_id: id, record_id: id }).transform((ids) => ({
    kind: 'record' as const,
    objectId: ids.object_id,
    recordId: ids.record_id,
  })),
  z.unknown().transform(() => ({ kind: 'other' as const })),
])

const deliverySchema = z.object({
  webhook_id: id,
  events: z.array(
    z
      .object({
        event_type: id,
        id: z.looseObject({ workspace_id: id }),
        actor: actorSchema,
      })
      .transform((wire): WebhookEvent => ({
        eventType: wire.event_type,
        workspaceId: wire.id.workspace_id,
        subject: subjectSchema.parse(wire.id),
        actor: wire.actor,
      })),
  ),
})

/** Reads the body of a delivery whose signature has been verified. Never throws. */
export function readWebhookDelivery(body: string): WebhookDelivery {
  try {
    const { webhook_id, events } = readBodyAs('webhook delivery', body, deliverySchema)
    return { kind: 'delivery', webhookId: webhook_id, events }
  } catch (error) {
    if (!(error instanceof AttioResponseError)) throw error
    return { kind: 'unreadable', path: error.path, expectation: error.expectation }
  }
}

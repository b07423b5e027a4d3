// A delivery as Attio sends it: ids and the actor, never the changed data.
// Source: docs.attio.com/rest-api/guides/webhooks
import { z } from 'zod'
import { type Actor, actorSchema } from './actor.ts'
import { shortArray } from './short-array.ts'

export type WebhookSubject =
  | { readonly kind: 'task'; readonly taskId: string }
  | { readonly kind: 'workspace-member'; readonly workspaceMemberId: string }
  | { readonly kind: 'record'; readonly objectId: string; readonly recordId: string }
  | { readonly kind: 'other' }

export interface WebhookEvent {
  /** For example `task.updated`; Attio does not say which members changed. */
  readonly eventType: string
  readonly workspaceId: string
  readonly subject: WebhookSubject
  readonly actor: Actor | null
}

export interface ReadDelivery {
  readonly webhookId: string
  readonly events: readonly WebhookEvent[]
}

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

export const webhookDeliverySchema: z.ZodType<ReadDelivery> = z
  .object({
    webhook_id: id,
    events: shortArray(
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
  .transform(({ webhook_id, events }) => ({ webhookId: webhook_id, events }))

// "Send test event": a made-up event, delivered like real ones.
import type { MessageContext, SentEvent } from './sending/queue-deliveries.ts'
import { queueMessage } from './sending/queue-deliveries.ts'
import type { Delivery } from '../world/webhooks.ts'
import type { SubscribableEventType } from './event-types.ts'

/** Undefined when the webhook is deleted or inactive, so that nothing is sent. */
export function sendTestEvent(
  context: MessageContext,
  webhookId: string,
  eventType: SubscribableEventType,
): Delivery | undefined {
  const { world, ids } = context
  const webhook = world.webhooks.get(webhookId)
  if (!webhook || webhook.status === 'inactive') return undefined
  const [kind = ''] = eventType.split('.', 1)
  const keys = idKeys[kind] ?? []
  const event: SentEvent = {
    event_type: eventType,
    id: {
      workspace_id: webhook.workspaceId,
      ...Object.fromEntries(keys.map((key) => [key, ids.uuid()] as const)),
    },
    actor: { type: 'system', id: null },
  }
  return world.transact(() => queueMessage(context, webhook, event))
}

/** assumed: the content of Attio's test events is not documented. */
const idKeys: Readonly<Record<string, readonly string[]>> = {
  activity: ['activity_id'],
  'activity-attribute': ['activity_id', 'attribute_id'],
  'activity-record': ['activity_id', 'record_id'],
  'call-recording': ['meeting_id', 'call_recording_id'],
  comment: ['comment_id'],
  list: ['list_id'],
  'list-attribute': ['list_id', 'attribute_id'],
  'list-entry': ['list_id', 'entry_id'],
  note: ['note_id'],
  'note-content': ['note_id'],
  'object-attribute': ['object_id', 'attribute_id'],
  record: ['object_id', 'record_id'],
  task: ['task_id'],
  'workspace-member': ['workspace_member_id'],
}

// The events that Taskr subscribes to, and the subjects to read again after each.
import type { Webhook, WebhookEvent, WebhookSubscription } from '@taskr/attio'
import { asTaskId } from '../../support/ids.ts'
import type { RefetchSubject } from '../refetching/refetch-request-store.ts'

export const subscriptions = [
  { eventType: 'task.created', filter: null },
  { eventType: 'task.updated', filter: null },
  { eventType: 'task.deleted', filter: null },
  { eventType: 'workspace-member.created', filter: null },
] as const satisfies readonly WebhookSubscription[]

/** True when the webhook subscribes to every event that Taskr needs. */
export function hasEverySubscription(webhook: Webhook): boolean {
  return subscriptions.every(({ eventType }) =>
    webhook.subscriptions.some((one) => one.eventType === eventType && one.filter === null),
  )
}

/** Returns the subjects to read again after these events. Unknown events name none. */
export function subjectsOf(events: readonly WebhookEvent[]): readonly RefetchSubject[] {
  return events.flatMap((event) => subjectOf(event) ?? [])
}

function subjectOf({ eventType, subject }: WebhookEvent): RefetchSubject | undefined {
  if (eventType.startsWith('workspace-member.')) return { about: 'members' }
  if (!eventType.startsWith('task.')) return undefined
  return subject.kind === 'task'
    ? { about: 'task', taskId: asTaskId(subject.taskId) }
    : { about: 'everything' }
}

/** Two subjects with the same key are the same. */
export function keyOfSubject(subject: RefetchSubject): string {
  return subject.about === 'task' ? `task ${subject.taskId}` : subject.about
}

// What Taskr has Attio tell it of, and what each thing told is a reason to look at.
import type { Webhook, WebhookEvent, WebhookSubscription } from '@taskr/attio'
import { asTaskId } from '../../support/ids.ts'
import type { Hint } from '../refetching/refetch-request-store.ts'

export const subscriptions = [
  { eventType: 'task.created', filter: null },
  { eventType: 'task.updated', filter: null },
  { eventType: 'task.deleted', filter: null },
  { eventType: 'workspace-member.created', filter: null },
] as const satisfies readonly WebhookSubscription[]

/** Whether it tells of everything that ours should. */
export function isWhole(webhook: Webhook): boolean {
  return subscriptions.every(({ eventType }) =>
    webhook.subscriptions.some((one) => one.eventType === eventType && one.filter === null),
  )
}

/** Unknown events are no reason for anything. */
export function hintsOf(events: readonly WebhookEvent[]): readonly Hint[] {
  return events.flatMap((event) => hintOf(event) ?? [])
}

function hintOf({ eventType, subject }: WebhookEvent): Hint | undefined {
  if (eventType.startsWith('workspace-member.')) return { about: 'members' }
  if (!eventType.startsWith('task.')) return undefined
  return subject.kind === 'task'
    ? { about: 'task', taskId: asTaskId(subject.taskId) }
    : { about: 'everything' }
}

/** What makes two hints the same one. */
export function keyOfHint(hint: Hint): string {
  return hint.about === 'task' ? `task ${hint.taskId}` : hint.about
}

// The form of a new webhook: its input and its problems.
import type { Problem } from '../pages/fields.ts'
import { isTargetUrl } from '../webhooks/target-url.ts'
import { subscribableEventTypes, type SubscribableEventType } from '../webhooks/event-types.ts'

export type WebhookForm = {
  readonly workspaceId: string
  readonly targetUrl: string
  readonly eventTypes: readonly string[]
}

export function readWebhookForm(form: URLSearchParams): WebhookForm {
  const asked = new Set(form.getAll('events[]'))
  return {
    workspaceId: form.get('workspace') ?? '',
    targetUrl: (form.get('target_url') ?? '').trim(),
    eventTypes: subscribableEventTypes.filter((type) => asked.has(type)),
  }
}

/** `workspaceIds` are the workspaces in which the person may create webhooks. */
export function problemsWithWebhook(
  { workspaceId, targetUrl, eventTypes }: WebhookForm,
  workspaceIds: readonly string[],
): Problem[] {
  const problems: Problem[] = []
  if (!workspaceIds.includes(workspaceId)) {
    problems.push({ field: 'workspace', message: 'Pick a workspace in which you are an admin.' })
  }
  if (!isTargetUrl(targetUrl)) {
    problems.push({
      field: 'target_url',
      message: 'Enter an https address. Plain http is for this machine only.',
    })
  }
  if (eventTypes.length === 0) {
    problems.push({ field: 'events', message: 'Tick at least one event.' })
  }
  return problems
}

export function isSubscribable(text: string): text is SubscribableEventType {
  return subscribableEventTypes.some((type) => type === text)
}

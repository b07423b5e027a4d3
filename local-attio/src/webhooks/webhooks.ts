// Creates, changes and removes webhooks, for the API and the dashboard.
import type { Author } from '../edits/author.ts'
import type { Subscription, Webhook } from '../world/webhooks.ts'
import type { World } from '../world/world.ts'

/** The author, workspace and time of a new webhook. */
export type Subscriber = Pick<Author, 'world' | 'ids' | 'now' | 'workspaceId'>

export type NewWebhook = {
  /** The app whose token creates it; null in the dashboard. */
  readonly appId: string | null
  readonly targetUrl: string
  readonly subscriptions: readonly Subscription[]
}

export type WebhookChanges = Partial<Pick<NewWebhook, 'targetUrl' | 'subscriptions'>>

/** "conflict": a subscription with that target, event type and filter already exists. */
export type WebhookOutcome =
  | { readonly kind: 'done'; readonly webhook: Webhook }
  | { readonly kind: 'conflict' }

export function createWebhook(subscriber: Subscriber, fresh: NewWebhook): WebhookOutcome {
  const { world, ids, now, workspaceId } = subscriber
  return putWebhook(world, {
    id: ids.uuid(),
    workspaceId,
    appId: fresh.appId,
    targetUrl: fresh.targetUrl,
    status: 'active',
    degradedAt: null,
    subscriptions: [...fresh.subscriptions],
    secret: ids.secret(),
    createdAt: now,
  })
}

/** Waiting messages go to the new target. The secret stays. */
export function updateWebhook(
  world: World,
  webhook: Webhook,
  changes: WebhookChanges,
): WebhookOutcome {
  return putWebhook(world, {
    ...webhook,
    targetUrl: changes.targetUrl ?? webhook.targetUrl,
    subscriptions: [...(changes.subscriptions ?? webhook.subscriptions)],
  })
}

/** Deletes a webhook with its waiting messages. */
export function deleteWebhook(world: World, webhook: Webhook): void {
  world.transact(() => {
    world.webhooks.remove(webhook.id)
    for (const delivery of world.deliveries.all()) {
      if (delivery.webhookId === webhook.id) world.deliveries.remove(delivery.id)
    }
  })
}

/** assumed: removing an app from a workspace removes the webhooks created with its tokens there. */
export function deleteWebhooksOfApp(world: World, appId: string, workspaceId: string): void {
  for (const webhook of world.webhooksOf(workspaceId)) {
    if (webhook.appId === appId) deleteWebhook(world, webhook)
  }
}

/** Returns the webhooks that the dashboard shows: Attio hides those created with tokens. */
export function dashboardWebhooks(world: World, workspaceId: string): Webhook[] {
  return world.webhooksOf(workspaceId).filter((webhook) => webhook.appId === null)
}

function putWebhook(world: World, webhook: Webhook): WebhookOutcome {
  const others = world.webhooksOf(webhook.workspaceId).filter((other) => other.id !== webhook.id)
  const taken = new Set(others.flatMap(identitiesOf))
  const own = identitiesOf(webhook)
  // assumed: the rule also applies within one webhook.
  const isUnique = new Set(own).size === own.length && own.every((one) => !taken.has(one))
  if (!isUnique) return { kind: 'conflict' }
  return { kind: 'done', webhook: world.transact(() => world.webhooks.put(webhook)) }
}

/** Returns a key per subscription that must be unique in a workspace. */
function identitiesOf({ targetUrl, subscriptions }: Webhook): string[] {
  return subscriptions.map((one) => JSON.stringify([targetUrl, one.eventType, one.filter]))
}

// Example calls of webhooks.
import type { webhookOperations } from '../operations/webhook-operations.ts'
import type { ExampleWorld } from './example-world.ts'
import { data, type Example } from './example.ts'

const byPeople = {
  event_type: 'task.updated',
  filter: { $and: [{ field: 'actor.type', operator: 'equals', value: 'workspace-member' }] },
}

export function webhookExamples(
  world: ExampleWorld,
): Readonly<Record<keyof typeof webhookOperations, Example>> {
  const webhook = `/v2/webhooks/${world.webhook}`
  return {
    'webhooks.list': { path: '/v2/webhooks' },
    'webhooks.create': {
      path: '/v2/webhooks',
      body: data({
        target_url: 'https://new.example/hook',
        subscriptions: [{ event_type: 'task.created', filter: null }],
      }),
    },
    'webhooks.get': { path: webhook },
    'webhooks.update': {
      path: webhook,
      body: data({ target_url: 'https://other.example/hook', subscriptions: [byPeople] }),
    },
    'webhooks.delete': { path: webhook },
  }
}

// Webhooks.
import { reads, writes, type Operation } from './operation.ts'

export const webhookOperations = {
  'webhooks.list': reads('GET', '/v2/webhooks', {
    title: 'List webhooks',
    scopes: ['webhook:read'],
  }),
  'webhooks.create': writes('POST', '/v2/webhooks', {
    title: 'Create a webhook',
    scopes: ['webhook:read-write'],
    differences: 'Plain http is taken for targets on this machine.',
  }),
  'webhooks.get': reads('GET', '/v2/webhooks/{webhook_id}', {
    title: 'Get a webhook',
    scopes: ['webhook:read'],
  }),
  'webhooks.update': writes('PATCH', '/v2/webhooks/{webhook_id}', {
    title: 'Update a webhook',
    scopes: ['webhook:read-write'],
    differences: 'Plain http is taken for targets on this machine.',
  }),
  'webhooks.delete': writes('DELETE', '/v2/webhooks/{webhook_id}', {
    title: 'Delete a webhook',
    scopes: ['webhook:read-write'],
  }),
} as const satisfies Readonly<Record<string, Operation>>

// Attio's REST API as a list: every operation, what it needs, and whether it is served here.
// The scopes are those of Attio's reference; "x:read-write" includes "x:read".

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export type Operation = {
  readonly method: Method
  /** Attio's own spelling, parameters in braces. */
  readonly path: string
  /** What Attio's reference calls it. */
  readonly title: string
  readonly scopes: readonly string[]
  /** Which of the two rate limits counts it. */
  readonly access: 'read' | 'write'
}

const taskReads = ['object_configuration:read', 'record_permission:read', 'user_management:read']
const recordReads = ['record_permission:read', 'object_configuration:read']

/** Served here, by name. */
export const operations = {
  'self.identify': {
    method: 'GET',
    path: '/v2/self',
    title: 'Identify',
    scopes: [],
    access: 'read',
  },

  'tasks.list': {
    method: 'GET',
    path: '/v2/tasks',
    title: 'List tasks',
    scopes: ['task:read', ...taskReads],
    access: 'read',
  },
  'tasks.create': {
    method: 'POST',
    path: '/v2/tasks',
    title: 'Create a task',
    scopes: ['task:read-write', ...taskReads],
    access: 'write',
  },
  'tasks.get': {
    method: 'GET',
    path: '/v2/tasks/{task_id}',
    title: 'Get a task',
    scopes: ['task:read', ...taskReads],
    access: 'read',
  },
  'tasks.update': {
    method: 'PATCH',
    path: '/v2/tasks/{task_id}',
    title: 'Update a task',
    scopes: ['task:read-write', ...taskReads],
    access: 'write',
  },
  'tasks.delete': {
    method: 'DELETE',
    path: '/v2/tasks/{task_id}',
    title: 'Delete a task',
    scopes: ['task:read-write'],
    access: 'write',
  },

  'workspace-members.list': {
    method: 'GET',
    path: '/v2/workspace_members',
    title: 'List workspace members',
    scopes: ['user_management:read'],
    access: 'read',
  },
  'workspace-members.get': {
    method: 'GET',
    path: '/v2/workspace_members/{workspace_member_id}',
    title: 'Get a workspace member',
    scopes: ['user_management:read'],
    access: 'read',
  },

  'objects.list': {
    method: 'GET',
    path: '/v2/objects',
    title: 'List objects',
    scopes: ['object_configuration:read'],
    access: 'read',
  },
  'objects.get': {
    method: 'GET',
    path: '/v2/objects/{object}',
    title: 'Get an object',
    scopes: ['object_configuration:read'],
    access: 'read',
  },

  'attributes.list': {
    method: 'GET',
    path: '/v2/{target}/{identifier}/attributes',
    title: 'List attributes',
    scopes: ['object_configuration:read'],
    access: 'read',
  },
  'attributes.get': {
    method: 'GET',
    path: '/v2/{target}/{identifier}/attributes/{attribute}',
    title: 'Get an attribute',
    scopes: ['object_configuration:read'],
    access: 'read',
  },

  'records.query': {
    method: 'POST',
    path: '/v2/objects/{object}/records/query',
    title: 'List records',
    scopes: recordReads,
    access: 'read',
  },
  'records.get': {
    method: 'GET',
    path: '/v2/objects/{object}/records/{record_id}',
    title: 'Get a record',
    scopes: recordReads,
    access: 'read',
  },

  'webhooks.list': {
    method: 'GET',
    path: '/v2/webhooks',
    title: 'List webhooks',
    scopes: ['webhook:read'],
    access: 'read',
  },
  'webhooks.create': {
    method: 'POST',
    path: '/v2/webhooks',
    title: 'Create a webhook',
    scopes: ['webhook:read-write'],
    access: 'write',
  },
  'webhooks.get': {
    method: 'GET',
    path: '/v2/webhooks/{webhook_id}',
    title: 'Get a webhook',
    scopes: ['webhook:read'],
    access: 'read',
  },
  'webhooks.update': {
    method: 'PATCH',
    path: '/v2/webhooks/{webhook_id}',
    title: 'Update a webhook',
    scopes: ['webhook:read-write'],
    access: 'write',
  },
  'webhooks.delete': {
    method: 'DELETE',
    path: '/v2/webhooks/{webhook_id}',
    title: 'Delete a webhook',
    scopes: ['webhook:read-write'],
    access: 'write',
  },
} as const satisfies Readonly<Record<string, Operation>>

export type OperationName = keyof typeof operations

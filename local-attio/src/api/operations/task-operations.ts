// Identify, tasks and workspace members.
import { reads, writes, type Operation } from './operation.ts'

const taskReads = ['object_configuration:read', 'record_permission:read', 'user_management:read']
const taskLinks =
  'A linked record that does not exist is dropped when named by id, refused when named by value.'

export const taskOperations = {
  'self.identify': reads('GET', '/v2/self', {
    title: 'Identify',
    scopes: [],
    differences: 'Every token is of the level "workspace".',
  }),

  'tasks.list': reads('GET', '/v2/tasks', {
    title: 'List tasks',
    scopes: ['task:read', ...taskReads],
    differences: 'A limit above 500 is refused; the real maximum is not documented.',
  }),
  'tasks.create': writes('POST', '/v2/tasks', {
    title: 'Create a task',
    scopes: ['task:read-write', ...taskReads],
    differences: taskLinks,
  }),
  'tasks.get': reads('GET', '/v2/tasks/{task_id}', {
    title: 'Get a task',
    scopes: ['task:read', ...taskReads],
  }),
  'tasks.update': writes('PATCH', '/v2/tasks/{task_id}', {
    title: 'Update a task',
    scopes: ['task:read-write', ...taskReads],
    differences: taskLinks,
  }),
  'tasks.delete': writes('DELETE', '/v2/tasks/{task_id}', {
    title: 'Delete a task',
    scopes: ['task:read-write'],
  }),

  'workspace-members.list': reads('GET', '/v2/workspace_members', {
    title: 'List workspace members',
    scopes: ['user_management:read'],
  }),
  'workspace-members.get': reads('GET', '/v2/workspace_members/{workspace_member_id}', {
    title: 'Get a workspace member',
    scopes: ['user_management:read'],
  }),
} as const satisfies Readonly<Record<string, Operation>>

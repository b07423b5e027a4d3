// Example calls of identify, tasks and workspace members.
import { acmeTaskId, standard } from '../../seed/standard.ts'
import type { taskOperations } from '../operations/task-operations.ts'
import { data, type Example } from './example.ts'

const task = `/v2/tasks/${acmeTaskId(1)}`

export function taskExamples(): Readonly<Record<keyof typeof taskOperations, Example>> {
  return {
    'self.identify': { path: '/v2/self' },
    'tasks.list': { path: '/v2/tasks?limit=3' },
    'tasks.create': { path: '/v2/tasks', body: data(newTask) },
    'tasks.get': { path: task },
    'tasks.update': { path: task, body: data({ is_completed: true, assignees }) },
    'tasks.delete': { path: task },
    'workspace-members.list': { path: '/v2/workspace_members' },
    'workspace-members.get': { path: `/v2/workspace_members/${standard.members.benAtAcme}` },
  }
}

const assignees = [{ workspace_member_email_address: standard.people.ada.emailAddress }]

const newTask = {
  content: 'Call Grace',
  format: 'plaintext',
  deadline_at: '2026-06-01T15:00:00.000000000Z',
  is_completed: false,
  linked_records: ['grace@initech.example'],
  assignees,
}

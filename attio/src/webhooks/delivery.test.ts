import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readWebhookDelivery } from './delivery.ts'

const workspace_id = 'w-1'
const deliver = (events: unknown) =>
  readWebhookDelivery(JSON.stringify({ webhook_id: 'h-1', events }))
const actor = { type: 'workspace-member', id: 'm-1' }

test('a delivery has its events, their subjects and their actors', () => {
  const delivery = deliver([
    { event_type: 'task.updated', id: { workspace_id, task_id: 't-1' }, actor },
    {
      event_type: 'workspace-member.created',
      id: { workspace_id, workspace_member_id: 'm-1' },
      actor,
    },
    {
      event_type: 'record.updated',
      id: { workspace_id, object_id: 'o-1', record_id: 'r-1', attribute_id: 'a-1' },
      actor: { type: 'system', id: null },
    },
    { event_type: 'future.event', id: { workspace_id, future_id: 'f-1' } },
  ])
  assert.deepEqual(delivery, {
    kind: 'delivery',
    webhookId: 'h-1',
    events: [
      {
        eventType: 'task.updated',
        workspaceId: 'w-1',
        subject: { kind: 'task', taskId: 't-1' },
        actor,
      },
      {
        eventType: 'workspace-member.created',
        workspaceId: 'w-1',
        subject: { kind: 'workspace-member', workspaceMemberId: 'm-1' },
        actor,
      },
      {
        eventType: 'record.updated',
        workspaceId: 'w-1',
        subject: { kind: 'record', objectId: 'o-1', recordId: 'r-1' },
        actor: { type: 'system', id: null },
      },
      { eventType: 'future.event', workspaceId: 'w-1', subject: { kind: 'other' }, actor: null },
    ],
  })
})

test('RL-19 an undocumented delivery is unreadable and reports the place', () => {
  assert.deepEqual(deliver([{ event_type: 'task.updated', id: {}, actor }]), {
    kind: 'unreadable',
    path: 'events.0.id.workspace_id',
    expectation: 'expected string, received undefined',
  })
  assert.equal(readWebhookDelivery('').kind, 'unreadable')
  assert.equal(readWebhookDelivery('<html>').kind, 'unreadable')
})

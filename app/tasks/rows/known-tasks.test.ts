import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asConnectionId, asMemberId, asTaskId } from '../../support/ids.ts'
import { forgetKnownTasks, knownTask } from './known-tasks.ts'
import type { ShownTask } from './task-row.ts'

const task: ShownTask = {
  connectionId: asConnectionId('c1'),
  taskId: asTaskId('t1'),
  content: 'Call Grace',
  deadlineAt: '2026-11-30',
  isCompleted: false,
  completedAt: null,
  assigneeIds: [],
  linkedRecords: [],
  createdBy: null,
  createdAt: 1,
  observedAt: 2,
  isPending: false,
  isProvisional: false,
  requestedBy: null,
}

/** Another value of each field: the compiler asks for all of them. */
const others: ShownTask = {
  connectionId: asConnectionId('c2'),
  taskId: asTaskId('t2'),
  content: 'Call Ada',
  deadlineAt: 5,
  isCompleted: true,
  completedAt: 3,
  assigneeIds: [],
  linkedRecords: [],
  createdBy: 'system:',
  createdAt: 2,
  observedAt: 3,
  isPending: true,
  isProvisional: true,
  requestedBy: asMemberId('m1'),
}

test('a task that was read before is the same object', () => {
  forgetKnownTasks()
  assert.equal(knownTask(task), task)
  assert.equal(knownTask({ ...task }), task)
})

test('a task that differs in any one field from the one that was read before is another object', () => {
  for (const name of Object.keys(others)) {
    const value: unknown = Reflect.get(others, name)
    forgetKnownTasks()
    knownTask(task)
    const changed = Object.assign({ ...task }, { [name]: value })
    assert.equal(knownTask(changed), changed, name)
    assert.deepEqual(knownTask({ ...changed }), changed, name)
  }
})

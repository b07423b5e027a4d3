import assert from 'node:assert/strict'
import { test } from 'node:test'
import { describeScope, missingScopes, scopesToReadTasks, scopesToWriteTasks } from './scopes.ts'

test('read-write includes read, but read does not include read-write', () => {
  assert.deepEqual(missingScopes(['task:read'], ['task:read-write']), [])
  assert.deepEqual(missingScopes(['task:read-write'], ['task:read']), ['task:read-write'])
})

test('reading tasks needs all four scopes', () => {
  assert.deepEqual(missingScopes(scopesToReadTasks, ['task:read', 'user_management:read-write']), [
    'object_configuration:read',
    'record_permission:read',
  ])
  assert.deepEqual(missingScopes(scopesToReadTasks, scopesToWriteTasks), [])
})

test('a scope is described in the dashboard’s words', () => {
  assert.deepEqual(describeScope('record_permission:read'), {
    scope: 'record_permission:read',
    label: 'Records',
    level: 'read',
  })
})

test('an unknown scope is described by its name', () => {
  assert.deepEqual(describeScope('toString:read').label, 'toString')
  assert.deepEqual(describeScope('future'), { scope: 'future', label: 'future', level: undefined })
})

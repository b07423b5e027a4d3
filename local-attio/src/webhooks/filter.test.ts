import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { AttioEvent } from '../world/events.ts'
import type { WebhookFilter } from '../world/webhooks.ts'
import { wants } from './filter.ts'

const event: AttioEvent = {
  event_type: 'note.created',
  id: { workspace_id: 'w', note_id: 'n' },
  parent_object_id: 'people',
  actor: { type: 'system', id: null },
}

const passes = (filter: WebhookFilter) => wants({ eventType: 'note.created', filter }, event)
const equals = (field: string, value: string) => ({ field, operator: 'equals' as const, value })
const differs = (field: string, value: string) => ({
  field,
  operator: 'not_equals' as const,
  value,
})

test('without a filter every event of the type passes, and none of another type', () => {
  assert.equal(passes(null), true)
  assert.equal(wants({ eventType: 'note.deleted', filter: null }, event), false)
})

test('$and requires all of its conditions, $or one of them', () => {
  const right = equals('parent_object_id', 'people')
  const wrong = equals('parent_object_id', 'deals')
  assert.equal(passes({ $and: [right] }), true)
  assert.equal(passes({ $and: [right, wrong] }), false)
  assert.equal(passes({ $or: [wrong, right] }), true)
  assert.equal(passes({ $or: [wrong, wrong] }), false)
  assert.equal(passes({ $and: [] }), true)
  assert.equal(passes({ $or: [] }), false)
})

test('fields are paths into the event', () => {
  assert.equal(passes({ $and: [equals('id.note_id', 'n'), equals('actor.type', 'system')] }), true)
  assert.equal(passes({ $and: [differs('id.note_id', 'n')] }), false)
  assert.equal(passes({ $and: [differs('actor.type', 'app')] }), true)
})

test('a missing or null field equals nothing and differs from everything', () => {
  for (const field of ['actor.id', 'id.task_id', 'nowhere', 'actor.type.length', '__proto__', '']) {
    assert.equal(passes({ $and: [equals(field, 'null')] }), false, field)
    assert.equal(passes({ $and: [differs(field, 'null')] }), true, field)
  }
})

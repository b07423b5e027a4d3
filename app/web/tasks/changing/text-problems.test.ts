// The words for refusals beside the field of a text.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChangeRefusal } from '../../../tasks/changes.ts'
import { newTaskProblem } from './text-problems.ts'

const ofNewTasks: readonly ChangeRefusal[] = [
  'needs-reconnect',
  'no-such-connection',
  'read-only',
  'text-missing',
  'text-too-long',
  'too-many-open',
  'unknown-member',
  'may-not-link',
]

test('every way in which a new task can be refused has its own words, so that its text stays in the form', () => {
  const words = ofNewTasks.map((refusal) => newTaskProblem({ kind: 'refused', refusal }))
  assert.ok(words.every((text) => text !== undefined))
  assert.equal(new Set(words).size, ofNewTasks.length)
})

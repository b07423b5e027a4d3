import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createTestAttio } from '../../for-tests.ts'
import { acmeTaskId } from '../../seed/standard.ts'
import { memberAt, withMember } from '../examples/body-members.ts'
import { exampleCall } from '../examples/example-calls.ts'
import type { OperationName } from '../operations/operations.ts'

const written = '2026-06-01T15:04:05.123456789Z'
const later = '2026-06-01T15:04:05.123456790Z'

/** Every member of a body that takes an instant, and where the answer has it. */
const members: readonly (readonly [OperationName, string, string])[] = [
  ['tasks.create', 'data.deadline_at', 'data.deadline_at'],
  ['tasks.update', 'data.deadline_at', 'data.deadline_at'],
  ['notes.create', 'data.created_at', 'data.created_at'],
  ['comments.create', 'data.created_at', 'data.created_at'],
  ['meetings.create', 'data.start.datetime', 'data.start.datetime'],
  ['meetings.create', 'data.end.datetime', 'data.end.datetime'],
  ['records.write-values', 'data.values.1.active_from', 'data.1.active_from'],
  ['entries.write-values', 'data.values.0.active_until', 'data.0.active_until'],
]

suite('an instant is read back to the nanosecond', () => {
  for (const [name, member, answered] of members) {
    test(`${name}: ${member}`, async () => {
      const attio = createTestAttio()
      const { method, path, body } = exampleCall(attio, name)
      const answer = await attio.call(method, path, withMember(body, member.split('.'), written))
      assert.equal(answer.status, 200, JSON.stringify(answer.body))
      assert.equal(memberAt(answer.body, answered.split('.')), written)
      const { body: world } = await attio.call('GET', '/_control/world')
      const copy = createTestAttio()
      assert.equal((await copy.call('PUT', '/_control/world', world)).status, 204)
      assert.deepEqual(copy.control.save(), attio.control.save())
    })
  }
})

test('a new deadline without nanoseconds replaces one with them', async () => {
  const attio = createTestAttio()
  const path = `/v2/tasks/${acmeTaskId(1)}`
  for (const [deadline_at, expected] of [
    [written, written],
    ['2026-06-01T15:04:05.123Z', '2026-06-01T15:04:05.123000000Z'],
    [null, null],
  ]) {
    const { body } = await attio.call('PATCH', path, { data: { deadline_at } })
    assert.equal(memberAt(body, ['data', 'deadline_at']), expected)
  }
  await attio.call('PATCH', path, { data: { deadline_at: written } })
  const { body } = await attio.call('PATCH', path, { data: { is_completed: true } })
  assert.equal(memberAt(body, ['data', 'deadline_at']), written)
})

test('instants that differ by a nanosecond are two instants for filters and histories', async () => {
  const attio = createTestAttio()
  const query = async (filter: object) => {
    const answer = await attio.call('POST', '/v2/objects/robots/records/query', { filter })
    return memberAt(answer.body, ['data', 'length'])
  }
  const data = { title: 'Built', description: null, api_slug: 'built', type: 'timestamp' }
  const flags = { is_required: false, is_unique: false, is_multiselect: false, config: {} }
  await attio.call('POST', '/v2/objects/robots/attributes', { data: { ...data, ...flags } })
  await attio.call('POST', '/v2/objects/robots/records', { data: { values: { built: written } } })
  assert.deepEqual([await query({ built: written }), await query({ built: later })], [1, 0])
  assert.deepEqual(
    [await query({ built: { $lt: later } }), await query({ built: { $lt: written } })],
    [1, 0],
  )

  const { path } = exampleCall(attio, 'records.write-values')
  const history = (active_from: string, active_until: string) => ({
    data: { values: [{ value: 'x', active_from, active_until }], replace_history: true },
  })
  assert.equal((await attio.call('PUT', path, history(written, later))).status, 200)
  assert.equal((await attio.call('PUT', path, history(later, written))).status, 400)
})

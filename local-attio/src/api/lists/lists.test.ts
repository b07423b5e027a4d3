import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { createTestAttio, type TestAttio } from '../../for-tests.ts'

const entry = z.object({
  id: z.object({ entry_id: z.string() }),
  parent_record_id: z.string(),
  entry_values: z.record(z.string(), z.array(z.looseObject({}))),
})
const one = z.object({ data: entry })
const many = z.object({ data: z.array(entry) })
const problem = z.object({ code: z.string() })
const entries = '/v2/lists/pipeline/entries'

function company({ control: { world } }: TestAttio, index: number): string {
  const object = world.objects.find((one) => one.slug === 'companies')
  return world.recordsOf(object?.id ?? '')[index]?.id ?? ''
}

const priorities = async (attio: TestAttio, filter: unknown): Promise<number> =>
  (await attio.call('POST', `${entries}/query`, { filter })).as(many).data.length

test('entries are found by their own values and by their parents’ values', async () => {
  const attio = createTestAttio()
  assert.equal(await priorities(attio, { priority: 'High' }), 1)
  assert.equal(
    await priorities(attio, { parent_record: { target_record_id: company(attio, 0) } }),
    1,
  )
  const path = [
    ['pipeline', 'parent_record'],
    ['companies', 'domains'],
  ]
  assert.equal(await priorities(attio, { path, constraints: { domain: 'hooli.example' } }), 1)
  assert.equal(await priorities(attio, {}), 2)
})

test('a record can be in a list twice, and can then no longer be asserted', async () => {
  const attio = createTestAttio()
  const data = {
    parent_object: 'companies',
    parent_record_id: company(attio, 2),
    entry_values: { priority: 'Low' },
  }
  const asserted = (await attio.call('PUT', entries, { data })).as(one).data
  const again = (await attio.call('PUT', entries, { data })).as(one).data
  assert.deepEqual(again.id, asserted.id)
  assert.equal((await attio.call('POST', entries, { data })).status, 200)
  const third = await attio.call('PUT', entries, { data })
  assert.equal(third.as(problem).code, 'multiple_match_results')
})

test('an entry’s parent cannot change and must belong to the list’s object', async () => {
  const attio = createTestAttio()
  const [first] = (await attio.call('POST', `${entries}/query`)).as(many).data
  const path = `${entries}/${first?.id.entry_id}`
  const moved = await attio.call('PATCH', path, {
    data: { parent_record_id: company(attio, 1), entry_values: {} },
  })
  assert.equal(moved.as(problem).code, 'immutable_value')
  const data = { parent_object: 'people', parent_record_id: company(attio, 0), entry_values: {} }
  assert.equal((await attio.call('POST', entries, { data })).status, 400)
  const lost = { ...data, parent_object: 'companies', parent_record_id: first?.id.entry_id }
  assert.equal(
    (await attio.call('POST', entries, { data: lost })).as(problem).code,
    'value_not_found',
  )
})

test('the entries of a record name their lists', async () => {
  const attio = createTestAttio()
  const path = `/v2/objects/companies/records/${company(attio, 0)}/entries`
  const answer = await attio.call('GET', path)
  const shape = z.object({ data: z.array(z.object({ list_api_slug: z.string() })) })
  assert.deepEqual(
    answer.as(shape).data.map((each) => each.list_api_slug),
    ['pipeline'],
  )
})

test('a list needs a member with full access and a unique slug', async () => {
  const attio = createTestAttio()
  const list = {
    name: 'Candidates',
    api_slug: 'candidates',
    parent_object: 'people',
    workspace_access: 'read-only',
    workspace_member_access: [],
  }
  assert.equal((await attio.call('POST', '/v2/lists', { data: list })).status, 400)
  const open = { ...list, workspace_access: 'full-access' }
  assert.equal((await attio.call('POST', '/v2/lists', { data: open })).status, 200)
  assert.equal((await attio.call('POST', '/v2/lists', { data: open })).status, 409)
  const { workspace_access: _, ...partial } = open
  const missing = await attio.call('POST', '/v2/lists', { data: partial })
  const expected = z.object({ validation_errors: z.array(z.object({ expected: z.string() })) })
  assert.equal(
    missing.as(expected).validation_errors[0]?.expected,
    "'full-access' | 'read-and-write' | 'read-only'",
  )
})

test('an attribute added to a list can be written in its entries', async () => {
  const attio = createTestAttio()
  const attribute = {
    title: 'Score',
    description: null,
    api_slug: 'score',
    type: 'number',
    is_required: false,
    is_unique: false,
    is_multiselect: false,
    default_value: { type: 'static', template: [7] },
    config: {},
  }
  const path = '/v2/lists/pipeline/attributes'
  assert.equal((await attio.call('POST', path, { data: attribute })).status, 200)
  assert.equal((await attio.call('POST', path, { data: attribute })).status, 409)
  const data = {
    parent_object: 'companies',
    parent_record_id: company(attio, 2),
    entry_values: {},
  }
  const created = (await attio.call('POST', entries, { data })).as(one).data
  assert.equal(created.entry_values['score']?.[0]?.['value'], 7)
})

test('adding an entry to an unknown list names the list in its 404', async () => {
  const answer = await createTestAttio().call('POST', '/v2/lists/nowhere/entries', {})
  assert.equal(answer.status, 404)
  assert.equal(
    answer.as(z.object({ message: z.string() })).message,
    'Could not find list with slug/ID "nowhere".',
  )
})

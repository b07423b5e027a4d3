import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { memberAt } from '../examples/body-members.ts'
import { createTestAttio, type TestAttio } from '../../for-tests.ts'

const attribute = z.object({
  data: z.looseObject({
    api_slug: z.string(),
    relationship: z.object({ api_slug: z.string(), object_slug: z.string() }).nullable(),
  }),
})
const problem = z.object({ code: z.string(), message: z.string() })
const titles = z.object({ data: z.array(z.object({ title: z.string() })) })

const sketch = {
  title: 'Manager',
  description: null,
  api_slug: 'manager',
  type: 'text',
  is_required: false,
  is_unique: false,
  is_multiselect: false,
  config: {},
}

const create = (attio: TestAttio, changes: object, parent = 'objects/robots') =>
  attio.call('POST', `/v2/${parent}/attributes`, { data: { ...sketch, ...changes } })

test('an attribute of each type can be added, and values written to it', async () => {
  const attio = createTestAttio()
  const samples: Readonly<Record<string, unknown>> = {
    text: 'x',
    number: 4.5,
    checkbox: true,
    currency: '4.99',
    date: '2026',
    timestamp: '2026-05-18T15:00:00+02:00',
    rating: 5,
    'actor-reference': 'ada@acme.example',
    location: '1 Infinite Loop',
    domain: 'attio.com',
    'email-address': 'a@b.example',
    'phone-number': '+442079460958',
  }
  for (const [type, value] of Object.entries(samples)) {
    const slug = `a_${type.replace('-', '_')}`
    assert.equal((await create(attio, { type, api_slug: slug })).status, 200, type)
    const body = { data: { values: { [slug]: value } } }
    const record = await attio.call('POST', '/v2/objects/robots/records', body)
    assert.equal(record.status, 200, JSON.stringify(record.body))
  }
})

test('an attribute with impossible settings is refused', async () => {
  const attio = createTestAttio()
  assert.equal((await create(attio, { type: 'personal-name' })).status, 400)
  assert.equal((await create(attio, { type: 'checkbox', is_multiselect: true })).status, 400)
  assert.equal((await create(attio, { type: 'select', is_unique: true })).status, 400)
  assert.equal((await create(attio, { api_slug: 'name' })).status, 409)
  assert.equal((await create(attio, {}, 'lists/nowhere')).status, 404)
  const { config: _, ...partial } = sketch
  const missing = await attio.call('POST', '/v2/objects/robots/attributes', { data: partial })
  assert.equal(missing.status, 400)
})

test('a system attribute cannot be changed', async () => {
  const attio = createTestAttio()
  const path = '/v2/objects/people/attributes/name'
  const answer = await attio.call('PATCH', path, { data: { title: 'Called' } })
  assert.equal(answer.as(problem).code, 'system_edit_unauthorized')
})

test('a relationship creates the attribute on the other object', async () => {
  const attio = createTestAttio()
  const changes = {
    type: 'record-reference',
    is_multiselect: true,
    api_slug: 'keepers',
    relationship: { object: 'people', title: 'Robots', api_slug: 'robots', is_multiselect: true },
  }
  const { data } = (await create(attio, changes)).as(attribute)
  assert.deepEqual(data.relationship, { api_slug: 'robots', object_slug: 'people' })
  const other = await attio.call('GET', '/v2/objects/people/attributes/robots')
  assert.equal(other.as(attribute).data.relationship?.object_slug, 'robots')
})

test('an archived attribute is neither listed nor writable until it is restored', async () => {
  const attio = createTestAttio()
  await create(attio, { api_slug: 'nickname', title: 'Nickname' })
  const path = '/v2/objects/robots/attributes'
  const archive = (is_archived: boolean) =>
    attio.call('PATCH', `${path}/nickname`, { data: { is_archived } })
  const isListed = async (query = '') =>
    (await attio.call('GET', `${path}${query}`))
      .as(titles)
      .data.some((each) => each.title === 'Nickname')
  await archive(true)
  assert.equal(await isListed(), false)
  assert.equal(await isListed('?show_archived=true'), true)
  const body = { data: { values: { nickname: 'Rusty' } } }
  assert.equal((await attio.call('POST', '/v2/objects/robots/records', body)).status, 400)
  await archive(false)
  assert.equal((await attio.call('POST', '/v2/objects/robots/records', body)).status, 200)
})

test('options and statuses are added, renamed and archived, and their titles are unique', async () => {
  const attio = createTestAttio()
  for (const [kind, path, old] of [
    ['select option', '/v2/objects/companies/attributes/categories/options', 'Research'],
    ['status', '/v2/objects/deals/attributes/stage/statuses', 'Lost'],
  ] as const) {
    assert.equal((await attio.call('POST', path, { data: { title: 'New' } })).status, 200)
    const again = await attio.call('POST', path, { data: { title: 'New' } })
    assert.equal(again.status, 409)
    assert.equal(
      again.as(problem).message,
      `There is already another ${kind} with the title "New".`,
    )
    await attio.call('PATCH', `${path}/${old}`, { data: { is_archived: true, title: 'Old' } })
    const listed = (await attio.call('GET', path)).as(titles).data.map((each) => each.title)
    assert.ok(listed.includes('New') && !listed.includes('Old'))
    const missing = await attio.call('PATCH', `${path}/Nope`, { data: { title: 'x' } })
    assert.equal(missing.as(problem).code, 'value_not_found')
  }
  const wrong = await attio.call('GET', '/v2/objects/companies/attributes/name/options')
  assert.equal(wrong.as(problem).message, 'This attribute is not a select attribute.')
})

test('a default value fills an absent attribute', async () => {
  const attio = createTestAttio()
  const dynamic = (template: string) => ({ default_value: { type: 'dynamic', template } })
  await create(attio, { api_slug: 'due', type: 'date', ...dynamic('P1W') })
  await create(attio, { api_slug: 'keeper', type: 'actor-reference', ...dynamic('current-user') })
  const body = { data: { values: {} } }
  const created = await attio.call('POST', '/v2/objects/robots/records', body)
  const { values } = created.as(
    z.object({ data: z.object({ values: z.record(z.string(), z.array(z.looseObject({}))) }) }),
  ).data
  assert.equal(values['due']?.[0]?.['value'], '2026-05-25')
  assert.equal(values['keeper']?.[0]?.['referenced_actor_type'], 'workspace-member')
})

test('a status attribute can be added to a list, but not to an object', async () => {
  const attio = createTestAttio()
  assert.equal((await create(attio, { type: 'status' }, 'lists/pipeline')).status, 200)
  const refused = await create(attio, { type: 'status' })
  assert.equal(refused.status, 400)
  assert.match(refused.as(problem).message, /not supported on objects/)
})

test('the currencies of Attio’s list are allowed, and any other is an invalid option', async () => {
  const attio = createTestAttio()
  const createWith = async (code: string) => {
    const currency = { default_currency_code: code, display_type: 'code' }
    const changes = { type: 'currency', api_slug: code.toLowerCase(), config: { currency } }
    return create(attio, changes)
  }
  for (const code of ['FJD', 'IDR', 'TRY', 'NTD', 'UYU']) {
    assert.equal((await createWith(code)).status, 200, code)
  }
  for (const code of ['VND', 'TWD', 'XXX', 'usd']) {
    const refused = await createWith(code)
    assert.equal(refused.status, 400)
    assert.equal(memberAt(refused.body, ['validation_errors', 0, 'code']), 'invalid_option')
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { createTestAttio, type TestAttio } from '../for-tests.ts'

const value = z.looseObject({ created_by_actor: z.object({ type: z.string() }) })
const records = z.object({
  data: z.array(z.object({ values: z.record(z.string(), z.array(value)) })),
})

async function query(attio: TestAttio, object: string, body: object) {
  const answer = await attio.call('POST', `/v2/objects/${object}/records/query`, body)
  return answer.as(records).data.map((record) => record.values)
}

const interactions = [
  'first_calendar_interaction',
  'last_calendar_interaction',
  'next_calendar_interaction',
  'first_email_interaction',
  'last_email_interaction',
  'first_interaction',
  'last_interaction',
  'next_interaction',
]
const connection = [
  'strongest_connection_strength',
  'strongest_connection_strength_legacy',
  'strongest_connection_user',
]
const social = [
  'angellist',
  'facebook',
  'instagram',
  'linkedin',
  'twitter',
  'twitter_follower_count',
]

const everyObject = ['record_id', 'created_at', 'created_by']
const words = (text: string): readonly string[] => text.split(' ')

const expected: Readonly<Record<string, readonly string[]>> = {
  people: [
    ...everyObject,
    ...social,
    ...interactions,
    ...connection,
    ...words('name email_addresses description company job_title phone_numbers primary_location'),
    ...words('avatar_url associated_deals associated_users'),
  ],
  companies: [
    ...everyObject,
    ...social,
    ...interactions,
    ...connection,
    ...words('domains name description team categories primary_location logo_url employee_range'),
    ...words('estimated_arr_usd funding_raised_usd foundation_date'),
    ...words('associated_deals associated_workspaces'),
  ],
  users: [...everyObject, ...words('person primary_email_address user_id workspace')],
  workspaces: [...everyObject, ...words('workspace_id name users company avatar_url')],
}

test('the standard objects have all the attributes that recordings of Attio show', async () => {
  const attio = createTestAttio()
  for (const [object, slugs] of Object.entries(expected)) {
    const [values = {}] = await query(attio, object, { limit: 1 })
    assert.deepEqual(Object.keys(values).toSorted(), slugs.toSorted(), object)
  }
})

test('records can be sorted by their last interaction, whose values are by the system', async () => {
  const attio = createTestAttio()
  const attribute = 'last_interaction'
  const order = async (direction: string) => {
    const people = await query(attio, 'people', { sorts: [{ direction, attribute }] })
    return people.flatMap((values) => values[attribute] ?? [])
  }
  const ascending = await order('asc')
  assert.equal(ascending.length, 2)
  assert.deepEqual(await order('desc'), ascending.toReversed())
  assert.ok(ascending.every((one) => one.created_by_actor.type === 'system'))
})

test('the history of an interaction or an enriched attribute cannot be read', async () => {
  const attio = createTestAttio()
  const people = attio.control.world.objects.find((object) => object.slug === 'people')
  const [person] = attio.control.world.recordsOf(people?.id ?? '')
  const read = async (slug: string) => {
    const path = `/v2/objects/people/records/${person?.id}/attributes/${slug}/values`
    return (await attio.call('GET', `${path}?show_historic=true`)).status
  }
  assert.deepEqual([await read('last_interaction'), await read('linkedin')], [400, 400])
  assert.equal(await read('job_title'), 200)
})

test('a schema that changes in one local Attio stays the same in others', async () => {
  const [mine, theirs] = [createTestAttio(), createTestAttio()]
  const before = JSON.stringify(theirs.control.world.save())
  const attribute = '/v2/objects/companies/attributes/categories'
  for (const [method, path, data] of [
    ['PATCH', '/v2/objects/companies', { singular_noun: 'Firm' }],
    ['PATCH', `${attribute}/options/Automation`, { title: 'Robots', is_archived: true }],
    ['POST', `${attribute}/options`, { title: 'Shipping' }],
    ['POST', '/v2/objects', { api_slug: 'ships', singular_noun: 'Ship', plural_noun: 'Ships' }],
  ] as const) {
    assert.equal((await mine.call(method, path, { data })).status, 200, path)
  }
  assert.equal(JSON.stringify(theirs.control.world.save()), before)
  const later = createTestAttio()
  assert.equal(later.control.world.options.size, theirs.control.world.options.size)
  assert.equal((await later.call('GET', '/v2/objects/ships')).status, 404)
})

test('a list can be private', async () => {
  const answer = await createTestAttio().call('GET', '/v2/lists/hiring')
  const list = z.object({ data: z.object({ workspace_access: z.null() }) })
  assert.equal(answer.as(list).data.workspace_access, null)
})

test('attributes of the seed have defaults, fixed ones and the member who adds an entry', async () => {
  const attio = createTestAttio()
  const robot = { data: { values: { name: 'Roz', serial_number: 'ROZ-1' } } }
  const added = await attio.call('POST', '/v2/objects/robots/records', robot)
  const { values } = added.as(z.object({ data: records.shape.data.element })).data
  assert.equal(values['is_retired']?.[0]?.['value'], false)
  const [, company] = attio.control.world.records.all()
  const entry = { parent_object: 'companies', parent_record_id: company?.id, entry_values: {} }
  const answer = await attio.call('POST', '/v2/lists/pipeline/entries', { data: entry })
  assert.ok(JSON.stringify(answer.body).includes('"owner":[{'))
})

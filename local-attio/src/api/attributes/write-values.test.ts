import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { createTestAttio, type TestAttio } from '../../for-tests.ts'

const values = z.object({
  data: z.array(z.looseObject({ active_from: z.string(), active_until: z.string().nullable() })),
})

function valuesPath({ control: { world } }: TestAttio, slug: string): string {
  const people = world.objects.find((object) => object.slug === 'people')
  const [person] = world.recordsOf(people?.id ?? '')
  return `/v2/objects/people/records/${person?.id}/attributes/${slug}/values`
}

const old = { active_from: '2020-01-01T00:00:00Z', active_until: '2021-06-15T09:30:00Z' }
const current = { active_from: '2021-06-15T09:30:00Z', active_until: null }

const put = (attio: TestAttio, slug: string, data: object) =>
  attio.call('PUT', valuesPath(attio, slug), { data })

test('the whole history of an attribute is replaced, and no webhook fires', async () => {
  const attio = createTestAttio()
  const events: unknown[] = []
  attio.control.world.onEvent((event) => events.push(event))
  const history = [
    { value: 'Director', ...current },
    { value: 'Engineer', ...old },
  ]
  const answer = await put(attio, 'job_title', { values: history, replace_history: true })
  assert.equal(answer.status, 200)
  const path = valuesPath(attio, 'job_title')
  const read = (await attio.call('GET', `${path}?show_historic=true`)).as(values).data
  assert.deepEqual(
    read.map((one) => [one['value'], one.active_from, one.active_until]),
    [
      ['Engineer', '2020-01-01T00:00:00.000000000Z', '2021-06-15T09:30:00.000000000Z'],
      ['Director', '2021-06-15T09:30:00.000000000Z', null],
    ],
  )
  assert.deepEqual(events, [])
})

test('a history with overlapping or reversed intervals, or without values, is refused', async () => {
  const attio = createTestAttio()
  for (const history of [
    [],
    [
      { value: 'a', ...current },
      { value: 'b', ...current },
    ],
    [
      { value: 'a', active_from: old.active_from, active_until: null },
      { value: 'b', ...current },
    ],
    [{ value: 'a', active_from: current.active_from, active_until: old.active_from }],
    [{ value: 7, ...current }],
    [{ value: 'a' }],
  ]) {
    const answer = await put(attio, 'job_title', { values: history, replace_history: true })
    assert.equal(answer.status, 400, JSON.stringify(history))
  }
  const values = [{ value: 'a', ...current }]
  assert.equal((await put(attio, 'job_title', { values })).status, 400)
})

test('a multiselect attribute may have several active values at a time', async () => {
  const attio = createTestAttio()
  const addresses = ['a@initech.example', 'b@initech.example']
  const history = addresses.map((email_address) => ({ email_address, ...current }))
  const answer = await put(attio, 'email_addresses', { values: history, replace_history: true })
  assert.equal(answer.as(values).data.length, 2)
})

test('the history of a relationship or of an attribute that Attio maintains is not writable', async () => {
  const attio = createTestAttio()
  for (const slug of ['company', 'created_at', 'record_id']) {
    const body = { values: [{ value: 'x', ...current }], replace_history: true }
    assert.equal((await put(attio, slug, body)).status, 400, slug)
  }
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { acmeTaskId } from '../../seed/standard.ts'
import { createTestAttio, type TestAttio } from '../../for-tests.ts'

const problem = z.object({ code: z.string() })
const merged = z.object({ data: z.object({ new_record_id: z.string() }) })
const record = z.object({
  data: z.object({ values: z.record(z.string(), z.array(z.looseObject({}))) }),
})

function companies({ control: { world } }: TestAttio) {
  const object = world.objects.find((one) => one.slug === 'companies')
  return world.recordsOf(object?.id ?? '').map(({ id }) => id)
}

function merge(attio: TestAttio, primary_record_id = '', secondary_record_id = '') {
  const data = { primary_record_id, secondary_record_id }
  return attio.call('POST', '/v2/objects/companies/records/merge', { data })
}

test('a merge creates a new record in which the primary record’s values have precedence', async () => {
  const attio = createTestAttio()
  const [initech, hooli] = companies(attio)
  const { new_record_id: id } = (await merge(attio, initech, hooli)).as(merged).data
  const path = '/v2/objects/companies/records'
  const { values } = (await attio.call('GET', `${path}/${id}`)).as(record).data
  assert.deepEqual(
    values['name']?.map((one) => one['value']),
    ['Initech'],
  )
  assert.deepEqual(
    values['domains']?.map((one) => one['domain']),
    ['initech.example', 'hooli.example'],
  )
  assert.equal(values['team']?.length, 2)
})

test('a merged record can no longer be read or written', async () => {
  const attio = createTestAttio()
  const [initech = '', hooli = '', other = ''] = companies(attio)
  await merge(attio, initech, hooli)
  const path = `/v2/objects/companies/records`
  const values = { description: 'x' }
  const note = { parent_object: 'companies', title: 'x', format: 'plaintext', content: 'x' }
  for (const original of [initech, hooli]) {
    for (const [method, address, data] of [
      ['GET', `${path}/${original}`],
      ['PATCH', `${path}/${original}`, { values }],
      ['PUT', `${path}/${original}`, { values }],
      ['DELETE', `${path}/${original}`],
      ['GET', `${path}/${original}/entries`],
      ['GET', `${path}/${original}/attributes/name/values`],
      ['POST', '/v2/notes', { ...note, parent_record_id: original }],
      ['POST', `${path}/merge`, { primary_record_id: original, secondary_record_id: other }],
      ['POST', `${path}/merge`, { primary_record_id: other, secondary_record_id: original }],
    ] as const) {
      const { status } = await attio.call(method, address, data && { data })
      assert.equal(status, 404, `${method} ${address}`)
    }
  }
})

test('the primary record’s value wins, and the other record’s values fill its gaps', async () => {
  const attio = createTestAttio()
  const path = '/v2/objects/companies/records'
  const create = async (values: object) => {
    const answer = await attio.call('POST', path, { data: { values } })
    return answer.as(z.object({ data: z.object({ id: z.object({ record_id: z.string() }) }) })).data
      .id.record_id
  }
  const first = await create({ name: 'One', domains: ['one.example'] })
  const second = await create({ name: 'Two', description: 'The second', domains: [] })
  const { new_record_id: id } = (await merge(attio, first, second)).as(merged).data
  const { values } = (await attio.call('GET', `${path}/${id}`)).as(record).data
  const shown = ['name', 'description'].map((slug) => values[slug]?.map((one) => one['value']))
  assert.deepEqual(shown, [['One'], ['The second']])
  // The domain is free for the new record only.
  const again = { data: { values: { domains: ['one.example'] } } }
  assert.equal((await attio.call('POST', path, again)).status, 400)
  assert.equal((await attio.call('PATCH', `${path}/${id}`, again)).status, 200)
})

test('notes, meetings and tasks are found by the new record', async () => {
  const attio = createTestAttio()
  const people = '/v2/objects/people/records'
  const [grace = '', edsger = ''] = attio.control.world
    .recordsOf(attio.control.world.objects.find((one) => one.slug === 'people')?.id ?? '')
    .map(({ id }) => id)
  const answer = await attio.call('POST', `${people}/merge`, {
    data: { primary_record_id: grace, secondary_record_id: edsger },
  })
  const { new_record_id: id } = answer.as(merged).data
  const notes = await attio.call('GET', `/v2/notes?parent_object=people&parent_record_id=${id}`)
  assert.ok(notes.as(z.object({ data: z.array(z.unknown()).min(1) })))
  const query = `linked_object=people&linked_record_id=${id}`
  for (const path of [`/v2/meetings?${query}`, `/v2/tasks?${query}`]) {
    const linked = (await attio.call('GET', path)).as(z.object({ data: z.array(z.unknown()) }))
    assert.ok(linked.data.length > 0, path)
  }
})

test('merges are limited to five a second', async () => {
  const attio = createTestAttio({ rateLimits: {} })
  const statuses: number[] = []
  for (let count = 0; count < 6; count += 1) statuses.push((await merge(attio)).status)
  assert.deepEqual(statuses, [400, 400, 400, 400, 400, 429])
})

test('a merge moves tasks, entries, notes, comments and references to the new record', async () => {
  const attio = createTestAttio()
  const { world } = attio.control
  const [initech = '', hooli = ''] = companies(attio)
  const before = JSON.stringify(attio.control.save().collections)
  assert.ok(before.includes(initech) && before.includes(hooli))
  const { new_record_id: id } = (await merge(attio, initech, hooli)).as(merged).data
  const { deliveries: _, ...after } = attio.control.save().collections
  const text = JSON.stringify(after)
  assert.ok(!text.includes(initech) && !text.includes(hooli))
  const task = await attio.call('GET', `/v2/tasks/${acmeTaskId(1)}`)
  assert.ok(JSON.stringify(task.body).includes(id))
  assert.equal(world.entries.all().filter((entry) => entry.parentRecordId === id).length, 2)
  assert.ok(world.comments.all().every((comment) => comment.recordId === id))
  const person = world.records.find((one) => JSON.stringify(one.values).includes('edsger@'))
  assert.ok(JSON.stringify(person?.values).includes(id))
})

test('a record cannot be merged with itself or with a record of another object', async () => {
  const attio = createTestAttio()
  const [initech] = companies(attio)
  assert.equal((await merge(attio, initech, initech)).as(problem).code, 'self_merge')
  const [person] = attio.control.world.tasks
    .all()
    .flatMap((task) => task.linkedRecords)
    .filter((link) => !companies(attio).includes(link.recordId))
  assert.equal((await merge(attio, initech, person?.recordId)).status, 404)
})

test('a merge fires one event per original, and both name the new record', async () => {
  const attio = createTestAttio()
  const events: unknown[] = []
  attio.control.world.onEvent((event) => events.push(event))
  const [initech, hooli] = companies(attio)
  const { new_record_id: id } = (await merge(attio, initech, hooli)).as(merged).data
  const event = z.object({
    event_type: z.literal('record.merged'),
    id: z.object({ record_id: z.literal(id) }),
    duplicate_record_id: z.string(),
  })
  assert.deepEqual(
    z
      .array(event)
      .parse(events)
      .map((one) => one.duplicate_record_id),
    [initech, hooli],
  )
})

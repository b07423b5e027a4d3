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
  for (const original of [initech, hooli]) {
    assert.equal((await attio.call('GET', `${path}/${original}`)).status, 404)
  }
  assert.equal((await merge(attio, initech, hooli)).status, 404)
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

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { createTestAttio, noon, type Answer, type TestAttio } from '../../for-tests.ts'
import { acmeTaskId, standard } from '../../seed/standard.ts'

const task = z.object({
  id: z.object({ task_id: z.string() }),
  content_plaintext: z.string(),
  is_completed: z.boolean(),
  completed_at: z.string().nullable(),
  deadline_at: z.string().nullable(),
  linked_records: z.array(z.object({ target_object_id: z.string(), target_record_id: z.string() })),
  assignees: z.array(z.object({ referenced_actor_id: z.string() })),
  created_by_actor: z.object({ type: z.string(), id: z.string().nullable() }),
  created_at: z.string(),
})
const one = z.object({ data: task })
const many = z.object({ data: z.array(task) })

const newTask = {
  content: 'Call Grace',
  format: 'plaintext',
  deadline_at: null,
  is_completed: false,
  linked_records: [],
  assignees: [],
}

const idsOf = (answer: Answer): string[] => answer.as(many).data.map((each) => each.id.task_id)
const list = async (attio: TestAttio, query: string): Promise<Answer> =>
  attio.call('GET', `/v2/tasks?${query}`)

suite('listing tasks', () => {
  const attio = createTestAttio()

  test('the oldest tasks come first, up to 500 per page', async () => {
    const answer = await attio.call('GET', '/v2/tasks')
    const created = answer.as(many).data.map((each) => each.created_at)
    assert.deepEqual(created, created.toSorted())
    assert.equal(created.length, 24)
    assert.match(answer.headers.get('x-attio-execution-id') ?? '', /^[0-9a-f-]{36}$/)
    assert.equal(answer.headers.get('x-accurate-at'), '2026-05-18T12:00:00.000000000Z')
  })

  test('limit and offset select a page', async () => {
    const all = idsOf(await list(attio, 'limit=500'))
    assert.deepEqual(idsOf(await list(attio, 'limit=5&offset=10')), all.slice(10, 15))
    assert.deepEqual(idsOf(await list(attio, 'limit=5&offset=100')), [])
  })

  test('tasks are listed in each of Attio’s orders', async () => {
    const all = idsOf(await list(attio, 'sort=created_at:asc'))
    assert.deepEqual(idsOf(await list(attio, 'sort=created_at:desc')), all.toReversed())
    const completed = (await list(attio, 'sort=completed_at:desc')).as(many).data
    const instants = completed.map((each) => each.completed_at ?? '')
    assert.deepEqual(instants, instants.toSorted().toReversed())
    const open = (await list(attio, 'sort=completed_at:asc')).as(many).data
    assert.equal(open[0]?.completed_at, null)
    assert.notEqual(open.at(-1)?.completed_at, null)
  })

  test('tasks are filtered by assignee (id or e-mail address) and by having none', async () => {
    const { ben } = standard.people
    const byEmail = idsOf(await list(attio, `assignee=${ben.emailAddress}`))
    assert.ok(byEmail.length > 0)
    assert.deepEqual(idsOf(await list(attio, `assignee=${standard.members.benAtAcme}`)), byEmail)
    const unassigned = (await list(attio, 'assignee=')).as(many).data
    assert.ok(unassigned.length > 0 && unassigned.every((each) => each.assignees.length === 0))
    assert.equal((await list(attio, 'assignee=null')).as(many).data.length, unassigned.length)
  })

  test('tasks are filtered by completion and by linked record', async () => {
    const done = (await list(attio, 'is_completed=true')).as(many).data
    assert.ok(done.length > 0 && done.every((each) => each.is_completed))
    const first = (await list(attio, 'limit=1')).as(many).data[0]?.linked_records[0]
    const id = first?.target_record_id
    const linked = (await list(attio, `linked_object=companies&linked_record_id=${id}`)).as(many)
    assert.ok(linked.data.some((each) => each.id.task_id === acmeTaskId(1)))
    const other = await list(attio, `linked_object=people&linked_record_id=${id}`)
    assert.deepEqual(idsOf(other), [])
  })

  test('a malformed filter or page is refused', async () => {
    for (const query of [
      'limit=0',
      'limit=501',
      'limit=x',
      'limit=5&limit=6',
      'offset=-1',
      'sort=deadline_at:asc',
      'is_completed=maybe',
      'linked_object=people',
      'linked_object=people&linked_record_id=x',
    ]) {
      const answer = await list(attio, query)
      assert.equal(answer.status, 400, query)
      assert.equal(answer.as(z.object({ code: z.string() })).code, 'validation_type')
    }
  })
})

test('a task is created with all six members and names its creator', async () => {
  const attio = createTestAttio()
  const answer = await attio.call('POST', '/v2/tasks', {
    data: {
      ...newTask,
      deadline_at: '2026-06-01T15:00:00.5+02:00',
      linked_records: ['grace@initech.example', 'hooli.example'],
      assignees: [{ workspace_member_email_address: standard.people.ben.emailAddress }],
    },
  })
  assert.equal(answer.status, 200)
  const { data } = answer.as(one)
  assert.equal(data.deadline_at, '2026-06-01T13:00:00.500000000Z')
  assert.deepEqual(
    data.linked_records.map((link) => link.target_object_id),
    ['people', 'companies'],
  )
  assert.equal(data.assignees[0]?.referenced_actor_id, standard.members.benAtAcme)
  assert.deepEqual(data.created_by_actor, { type: 'app', id: attio.clientId })
  assert.deepEqual((await attio.call('GET', `/v2/tasks/${data.id.task_id}`)).body, answer.body)
})

test('each missing member of a new task is reported', async () => {
  const attio = createTestAttio()
  for (const key of Object.keys(newTask)) {
    const data = Object.fromEntries(Object.entries(newTask).filter(([name]) => name !== key))
    const answer = await attio.call('POST', '/v2/tasks', { data })
    assert.equal(answer.status, 400)
    const errors = answer.as(
      z.object({ validation_errors: z.array(z.object({ path: z.array(z.string()) })) }),
    ).validation_errors
    assert.deepEqual(errors[0]?.path, ['data', key])
  }
})

test('links are found by id and by unique value; unknown ids are dropped without an error', async () => {
  const attio = createTestAttio()
  const create = (links: unknown) =>
    attio.call('POST', '/v2/tasks', { data: { ...newTask, linked_records: links } })
  const byValue = await create([
    { target_object: 'people', email_addresses: [{ email_address: 'GRACE@initech.example' }] },
    { target_object: 'robots', serial_number: [{ value: 'MRV-0001' }] },
  ])
  assert.equal(byValue.as(one).data.linked_records.length, 2)
  const unknown = [{ target_object: 'people', target_record_id: acmeTaskId(1) }]
  assert.deepEqual((await create(unknown)).as(one).data.linked_records, [])
  assert.equal(
    (await create([{ target_object: 'ghosts', target_record_id: acmeTaskId(1) }])).status,
    404,
  )
  assert.equal((await create([{ target_object: 'people', name: [{ value: 'x' }] }])).status, 400)
  assert.equal((await create(['nobody@nowhere.example'])).status, 400)
})

test('updating a task replaces the given members and keeps the others', async () => {
  const attio = createTestAttio()
  const path = `/v2/tasks/${acmeTaskId(1)}`
  const patch = (data: unknown) => attio.call('PATCH', path, { data })
  const before = (await attio.call('GET', path)).as(one).data
  const cleared = (await patch({ deadline_at: null, assignees: [] })).as(one).data
  assert.equal(cleared.deadline_at, null)
  assert.deepEqual(cleared.assignees, [])
  assert.deepEqual(cleared.linked_records, before.linked_records)
  const completed = (await patch({ is_completed: true })).as(one).data
  assert.equal(completed.completed_at, '2026-05-18T12:00:00.000000000Z')
  await attio.control.clock.advance(1000)
  assert.equal(
    (await patch({ is_completed: true })).as(one).data.completed_at,
    completed.completed_at,
  )
  assert.equal((await patch({ is_completed: false })).as(one).data.completed_at, null)
  for (const wrong of [{}, { content: 'new' }, { is_completed: 'yes' }, { deadline_at: 'soon' }]) {
    assert.equal((await patch(wrong)).status, 400)
  }
  assert.equal((await attio.call('PUT', path, { data: { is_completed: true } })).status, 404)
})

test('a deleted task and a task of another workspace are not found', async () => {
  const attio = createTestAttio()
  const path = `/v2/tasks/${acmeTaskId(1)}`
  assert.deepEqual((await attio.call('DELETE', path)).body, {})
  const gone = await attio.call('GET', path)
  assert.deepEqual(gone.body, {
    status_code: 404,
    type: 'invalid_request_error',
    code: 'not_found',
    message: `Could not find Task with ID "${acmeTaskId(1)}".`,
  })
  const globex = attio.control.world.taskOrder(standard.workspaces.globex.id, 'created_at:asc')[0]
  assert.equal((await attio.call('GET', `/v2/tasks/${globex?.id}`)).status, 404)
  assert.equal((await attio.call('GET', '/v2/tasks/not-a-uuid')).status, 400)
})

test('writes above 25 and reads above 100 a second are refused with a Retry-After date', async () => {
  const attio = createTestAttio({ rateLimits: {} })
  const read = async () => attio.call('GET', '/v2/tasks?limit=1')
  for (let count = 0; count < 100; count += 1) assert.equal((await read()).status, 200)
  const refused = await read()
  assert.equal(refused.status, 429)
  assert.equal(Date.parse(refused.headers.get('retry-after') ?? ''), noon + 1000)
  assert.equal((await attio.call('DELETE', `/v2/tasks/${acmeTaskId(1)}`)).status, 200)
  await attio.control.clock.advance(1000)
  assert.equal((await read()).status, 200)
})

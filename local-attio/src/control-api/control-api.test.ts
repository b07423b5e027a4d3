import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { createTestAttio, noon, taskScopes, type TestAttio } from '../for-tests.ts'
import { acmeTaskId, standard } from '../seed/standard.ts'

const local = z.strictObject({ local_attio: z.string(), problems: z.array(z.string()).optional() })

const control = async (attio: TestAttio, method: string, path: string, body?: unknown) => {
  const response = await attio.fetch(`${attio.origin}/_control/${path}`, {
    method,
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await response.text()
  const json: unknown = text === '' ? undefined : JSON.parse(text)
  return { status: response.status, headers: response.headers, text, json }
}

suite('the world', () => {
  test('53 a reset restores the seed byte for byte, and events are still emitted', async () => {
    const attio = createTestAttio()
    await control(attio, 'POST', 'reset')
    const { text: seed } = await control(attio, 'GET', 'world')
    const ada = { member: standard.people.ada.emailAddress, workspace: 'acme' }
    attio.control.as(ada).deleteTask(acmeTaskId(1))
    attio.control.as(ada).addTask({ content: 'New' })
    attio.registerApp({ name: 'Another', redirectUris: [], scopes: [] })
    assert.notEqual((await control(attio, 'GET', 'world')).text, seed)
    assert.equal((await control(attio, 'POST', 'reset')).status, 204)
    assert.equal((await control(attio, 'GET', 'world')).text, seed)
    const events: unknown[] = []
    attio.control.world.onEvent((event) => events.push(event))
    attio.control.as(ada).completeTask(acmeTaskId(1))
    assert.equal(events.length, 1)
  })

  test('a seed can be selected by name or by number of tasks', async () => {
    const attio = createTestAttio()
    const tasksAtAcme = () =>
      attio.control.world.taskOrder(standard.workspaces.acme.id, 'created_at:asc').length
    for (const [seed, tasks] of [
      ['no-tasks', 0],
      ['one-task', 1],
      [{ tasks: 7 }, 7],
      ['standard', 24],
    ] as const) {
      assert.equal((await control(attio, 'POST', 'reset', { seed })).status, 204)
      assert.equal(tasksAtAcme(), tasks)
    }
    for (const body of [{ seed: 'unknown' }, { seed: { tasks: -1 } }, { sede: 'standard' }, '{']) {
      const answer = await control(attio, 'POST', 'reset', body)
      assert.equal(answer.status, 400)
      local.parse(answer.json)
    }
    assert.equal(tasksAtAcme(), 24)
  })

  test('a saved world is loaded in another server, tokens included', async () => {
    const first = createTestAttio()
    await first.call('PATCH', `/v2/tasks/${acmeTaskId(1)}`, { data: { is_completed: true } })
    const saved = await control(first, 'GET', 'world')
    assert.match(
      saved.headers.get('content-disposition') ?? '',
      /attachment; filename="world\.json"/,
    )
    const second = createTestAttio()
    assert.equal((await control(second, 'PUT', 'world', saved.text)).status, 204)
    assert.equal((await control(second, 'GET', 'world')).text, saved.text)
    assert.equal((await second.call('GET', '/v2/tasks', undefined, first.token)).status, 200)
  })

  test('a file that is not a world is refused, and the old world stays', async () => {
    const attio = createTestAttio()
    const { text } = await control(attio, 'GET', 'world')
    for (const body of [
      'no',
      '[]',
      '{"version":2,"collections":{}}',
      '{"version":1,"collections":{"ghosts":[]}}',
      '{"version":1,"collections":{"tasks":[{"id":"1"}]}}',
    ]) {
      const answer = await control(attio, 'PUT', 'world', body)
      assert.equal(answer.status, 400, body)
      local.parse(answer.json)
    }
    assert.equal((await control(attio, 'GET', 'world')).text, text)
  })
})

test('49 the clock is frozen, advanced and resumed', async () => {
  const attio = createTestAttio()
  const state = (now: number, isFrozen: boolean) => ({
    now,
    instant: new Date(now).toISOString(),
    isFrozen,
  })
  assert.deepEqual((await control(attio, 'GET', 'clock')).json, state(noon, false))
  const frozen = await control(attio, 'POST', 'clock/freeze', { at: '2026-03-29T00:59:59Z' })
  const at = Date.UTC(2026, 2, 29, 0, 59, 59)
  assert.deepEqual(frozen.json, state(at, true))
  const advanced = await control(attio, 'POST', 'clock/advance', { ms: 1000 })
  assert.deepEqual(advanced.json, state(at + 1000, true))
  assert.deepEqual(
    (await control(attio, 'POST', 'clock/freeze', { at: noon })).json,
    state(noon, true),
  )
  assert.deepEqual((await control(attio, 'POST', 'clock/resume')).json, state(noon, false))
  for (const [path, body] of [
    ['clock/freeze', { at: 'soon' }],
    ['clock/freeze', { at: 1e20 }],
    ['clock/advance', {}],
    ['clock/advance', { ms: -1 }],
    ['clock/advance', { ms: 1e15 }],
  ] as const) {
    assert.equal((await control(attio, 'POST', path, body)).status, 400)
  }
})

suite('48 faults', () => {
  test('faults are added, listed, removed by number, and cleared', async () => {
    const attio = createTestAttio()
    const fault = { path: '/v2/*', count: 2, answer: { status: 503 } }
    const added = await control(attio, 'POST', 'faults', fault)
    assert.deepEqual([added.status, added.json], [201, { number: 1 }])
    assert.equal((await attio.call('GET', '/v2/tasks')).status, 503)
    const other = { method: 'POST', answer: { reset: 'after-commit' } }
    assert.deepEqual((await control(attio, 'POST', 'faults', other)).json, { number: 2 })
    assert.deepEqual((await control(attio, 'GET', 'faults')).json, {
      faults: [
        { number: 2, met: 0, fault: other },
        { number: 1, met: 1, fault },
      ],
    })
    assert.equal((await control(attio, 'DELETE', 'faults/1')).status, 204)
    assert.equal((await control(attio, 'DELETE', 'faults/1')).status, 404)
    assert.equal((await attio.call('GET', '/v2/tasks')).status, 200)
    assert.equal((await control(attio, 'DELETE', 'faults')).status, 204)
    assert.deepEqual((await control(attio, 'GET', 'faults')).json, { faults: [] })
  })

  test('a fault for one token does not reveal the token', async () => {
    const attio = createTestAttio()
    await control(attio, 'POST', 'faults', { token: attio.token, answer: { status: 401 } })
    assert.equal((await attio.call('GET', '/v2/tasks')).status, 401)
    assert.ok(!(await control(attio, 'GET', 'faults')).text.includes(attio.token))
  })

  test('an invalid fault is refused with each problem named', async () => {
    const attio = createTestAttio()
    const answer = await control(attio, 'POST', 'faults', {
      probability: 2,
      answer: { status: 99, laten: 1 },
    })
    assert.equal(answer.status, 400)
    assert.deepEqual(
      local.parse(answer.json).problems?.map((problem) => problem.split(':', 1)[0]),
      ['probability', 'answer.status', 'answer'],
    )
    assert.equal((await control(attio, 'POST', 'faults', {})).status, 400)
    assert.equal(attio.control.faults.list().length, 0)
  })

  test('51 webhook faults are controlled like other faults', async () => {
    const attio = createTestAttio()
    const fault = { eventType: 'task.*', effect: { duplicates: 1 } }
    assert.deepEqual((await control(attio, 'POST', 'webhook-faults', fault)).json, { number: 1 })
    assert.equal(attio.control.webhooks.faults.list().length, 1)
    assert.equal(
      (await control(attio, 'POST', 'webhook-faults', { effect: { drop: 1 } })).status,
      400,
    )
    assert.equal((await control(attio, 'DELETE', 'webhook-faults/1')).status, 204)
    assert.equal(attio.control.webhooks.faults.list().length, 0)
  })
})

test('54 the journal is read with filters or taken request by request, and holds no secret', async () => {
  const attio = createTestAttio()
  await attio.call('GET', '/v2/tasks?limit=1')
  await attio.call('DELETE', `/v2/tasks/${acmeTaskId(1)}`)
  await attio.post('/oauth/revoke', { token: attio.token })
  const entries = z.object({
    entries: z.array(z.looseObject({ method: z.string(), path: z.string(), body: z.string() })),
  })
  const all = await control(attio, 'GET', 'journal')
  assert.deepEqual(
    entries.parse(all.json).entries.map(({ method, path }) => `${method} ${path}`),
    ['GET /v2/tasks', `DELETE /v2/tasks/${acmeTaskId(1)}`, 'POST /oauth/revoke'],
  )
  assert.ok(!all.text.includes(attio.token))
  for (const [filter, count] of [
    ['method=get', 1],
    ['path=/v2/*', 2],
    ['operation=tasks.delete', 1],
    ['operation=tasks.delete&method=GET', 0],
  ] as const) {
    const filtered = await control(attio, 'GET', `journal?${filter}`)
    assert.equal(entries.parse(filtered.json).entries.length, count, filter)
  }
  const take = async (filter: string) =>
    (await control(attio, 'POST', `journal/take${filter}`)).json
  const request = z.object({ request: z.looseObject({ path: z.string() }).nullable() })
  assert.equal(request.parse(await take('?path=/oauth/*')).request?.path, '/oauth/revoke')
  assert.equal(request.parse(await take('')).request?.path, '/v2/tasks')
  assert.equal(request.parse(await take('?path=/oauth/*')).request, null)
  assert.equal((await control(attio, 'DELETE', 'journal')).status, 204)
  assert.deepEqual((await control(attio, 'GET', 'journal')).json, { entries: [] })
})

test('47 rate limits are set for all operations, set for one, and lifted', async () => {
  const attio = createTestAttio()
  assert.deepEqual((await control(attio, 'GET', 'rate-limits')).json, { limits: false })
  const wanted = { limits: { perOperation: { 'tasks.list': 1 } } }
  assert.deepEqual((await control(attio, 'PUT', 'rate-limits', wanted)).json, {
    limits: { reads: 100, writes: 25, perOperation: { 'tasks.list': 1 } },
  })
  assert.equal((await attio.call('GET', '/v2/tasks')).status, 200)
  assert.equal((await attio.call('GET', '/v2/tasks')).status, 429)
  assert.equal((await control(attio, 'PUT', 'rate-limits', { limits: { reads: -1 } })).status, 400)
  await control(attio, 'PUT', 'rate-limits', { limits: false })
  assert.equal((await attio.call('GET', '/v2/tasks')).status, 200)
})

test('a program registers its app and gets a token without a browser', async () => {
  const attio = createTestAttio()
  const app = { name: 'In Python', redirectUris: ['http://localhost:8000/cb'], scopes: taskScopes }
  const credentials = z.strictObject({ clientId: z.string(), clientSecret: z.string() })
  const first = credentials.parse((await control(attio, 'PUT', 'apps', app)).json)
  assert.deepEqual((await control(attio, 'PUT', 'apps', app)).json, first)
  const grant = { clientId: first.clientId, workspace: 'acme', memberEmail: 'ben@acme.example' }
  const token = await control(attio, 'POST', 'access-tokens', grant)
  const { accessToken } = z.strictObject({ accessToken: z.string() }).parse(token.json)
  assert.equal((await attio.call('GET', '/v2/tasks', undefined, accessToken)).status, 200)
  for (const [method, path, body] of [
    ['PUT', 'apps', { ...app, scopes: ['task:write'] }],
    ['PUT', 'apps', { name: '' }],
    ['POST', 'access-tokens', { ...grant, clientId: 'nobody' }],
    ['POST', 'access-tokens', { ...grant, workspace: 'nowhere' }],
  ] as const) {
    const answer = await control(attio, method, path, body)
    assert.equal(answer.status, 400)
    local.parse(answer.json)
  }
})

test('an unknown address answers 404 in a shape that is not Attio’s', async () => {
  const answer = await control(createTestAttio(), 'GET', 'nothing')
  assert.equal(answer.status, 404)
  local.parse(answer.json)
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestAttio, type TestAttio } from '../../for-tests.ts'

/** Returns the statuses of several requests at one instant, as "200 × 25, 429 × 5". */
async function burst(
  attio: TestAttio,
  count: number,
  method: string,
  path: string,
  token?: string,
) {
  const counts = new Map<number, number>()
  for (let sent = 0; sent < count; sent += 1) {
    const body = method === 'GET' ? undefined : newTask
    const { status } = await attio.call(method, path, body, token)
    counts.set(status, (counts.get(status) ?? 0) + 1)
  }
  return Array.from(counts, ([status, times]) => `${status} × ${times}`).join(', ')
}

const newTask = {
  data: {
    content: 'One more',
    format: 'plaintext',
    deadline_at: null,
    is_completed: false,
    linked_records: [],
    assignees: [],
  },
}

const limited = (rateLimits = {}) => createTestAttio({ rateLimits, seed: 'no-tasks' })

test('an app may read 100 times and write 25 times in a second, counted separately', async () => {
  const attio = limited()
  const before = attio.control.world.tasks.size
  assert.equal(await burst(attio, 30, 'POST', '/v2/tasks'), '200 × 25, 429 × 5')
  assert.equal(await burst(attio, 120, 'GET', '/v2/tasks?limit=1'), '200 × 100, 429 × 20')
  assert.equal(attio.control.world.tasks.size - before, 25, 'a refused request has no effect')
})

test('the 429 is Attio’s, with the HTTP date at which the next request is allowed', async () => {
  const attio = limited()
  await attio.control.clock.advance(400)
  await burst(attio, 25, 'POST', '/v2/tasks')
  await attio.control.clock.advance(300)
  const refused = await attio.call('POST', '/v2/tasks', newTask)
  assert.equal(refused.status, 429)
  assert.deepEqual(refused.body, {
    status_code: 429,
    type: 'rate_limit_error',
    code: 'rate_limit_exceeded',
    message: 'Rate limit exceeded, please try again later',
  })
  const retryAfter = refused.headers.get('retry-after') ?? ''
  assert.match(retryAfter, /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/)
  const waitMs = Date.parse(retryAfter) - attio.control.clock.now()
  assert.ok(waitMs > 0 && waitMs <= 2000, `${waitMs}`)
  await attio.control.clock.advance(waitMs)
  assert.equal(await burst(attio, 25, 'POST', '/v2/tasks'), '200 × 25')
})

test('the second slides: two bursts around a whole second are limited as one', async () => {
  const attio = limited()
  await attio.control.clock.advance(900)
  assert.equal(await burst(attio, 20, 'POST', '/v2/tasks'), '200 × 20')
  await attio.control.clock.advance(200)
  assert.equal(await burst(attio, 20, 'POST', '/v2/tasks'), '200 × 5, 429 × 15')
  await attio.control.clock.advance(800)
  assert.equal(await burst(attio, 25, 'POST', '/v2/tasks'), '200 × 20, 429 × 5')
})

test('each app has its own limit, shared by all its tokens', async () => {
  const attio = limited()
  const { clientId } = attio.registerApp({
    name: 'Another',
    redirectUris: [],
    scopes: [
      'task:read',
      'object_configuration:read',
      'record_permission:read',
      'user_management:read',
    ],
  })
  const grant = { memberEmail: 'ada@acme.example' }
  const other = attio.issueAccessToken({ ...grant, clientId, workspace: 'acme' })
  const second = attio.issueAccessToken({ ...grant, clientId, workspace: 'globex' })
  const path = '/v2/tasks?limit=1'
  assert.equal(await burst(attio, 100, 'GET', path), '200 × 100')
  assert.equal(await burst(attio, 60, 'GET', path, other), '200 × 60')
  assert.equal(await burst(attio, 60, 'GET', path, second), '200 × 40, 429 × 20')
})

test('one endpoint can have a lower limit, changed at any time', async () => {
  const attio = limited({ perOperation: { 'tasks.list': 2 } })
  const list = '/v2/tasks?limit=1'
  assert.equal(await burst(attio, 5, 'GET', list), '200 × 2, 429 × 3')
  assert.equal(await burst(attio, 97, 'GET', '/v2/workspace_members'), '200 × 97')
  await attio.control.clock.advance(1000)
  attio.control.rateLimits.settings = { reads: 10, writes: 0, perOperation: {} }
  assert.equal(await burst(attio, 12, 'GET', list), '200 × 10, 429 × 2')
  assert.equal(await burst(attio, 2, 'POST', '/v2/tasks'), '429 × 2')
  attio.control.rateLimits.settings = false
  assert.equal(await burst(attio, 200, 'GET', list), '200 × 200')
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { createTestAttio, type TestAttio } from '../../for-tests.ts'
import { subscribableEventTypes } from '../../webhooks/event-types.ts'

const id = z.object({ workspace_id: z.guid(), webhook_id: z.guid() })
const subscription = z.object({ event_type: z.string(), filter: z.unknown() })
const webhook = z.object({
  id,
  target_url: z.string(),
  status: z.enum(['active', 'degraded', 'inactive']),
  subscriptions: z.array(subscription),
  created_at: z.string().regex(/^\d{4}-.*\.\d{9}Z$/),
})
const one = z.object({ data: webhook })
const created = z.object({
  data: webhook.extend({ secret: z.string().regex(/^[0-9a-f]{64}$/) }),
})
const many = z.object({ data: z.array(webhook) })
const problem = z.object({
  code: z.string(),
  message: z.string(),
  validation_errors: z
    .array(z.object({ path: z.array(z.union([z.string(), z.number()])), message: z.string() }))
    .optional(),
})

const target_url = 'https://receiver.example/attio'
const subscriptions = [{ event_type: 'task.created', filter: null }]

const post = (attio: TestAttio, data: unknown) => attio.call('POST', '/v2/webhooks', { data })

async function newWebhook(attio: TestAttio, data: object = {}) {
  const answer = await post(attio, { target_url, subscriptions, ...data })
  return answer.as(created).data
}

test('the secret is only in the answer that creates the webhook', async () => {
  const attio = createTestAttio()
  const { secret, ...rest } = await newWebhook(attio)
  const path = `/v2/webhooks/${rest.id.webhook_id}`
  assert.equal(rest.status, 'active')
  assert.deepEqual((await attio.call('GET', path)).as(one).data, rest)
  assert.deepEqual((await attio.call('GET', '/v2/webhooks')).as(many).data, [rest])
  const changed = await attio.call('PATCH', path, { data: { target_url: `${target_url}/2` } })
  assert.deepEqual(changed.as(one).data, { ...rest, target_url: `${target_url}/2` })
  assert.doesNotMatch(JSON.stringify(attio.control.journal.entries()), new RegExp(secret))
})

test('every event type of Attio accepts every kind of filter', async () => {
  const attio = createTestAttio()
  const filters = [
    null,
    { $and: [{ field: 'actor.type', operator: 'equals', value: 'app' }] },
    { $or: [{ field: 'id.task_id', operator: 'not_equals', value: 'x' }] },
    { $and: [] },
  ]
  const wanted = subscribableEventTypes.flatMap((event_type) =>
    filters.map((filter) => ({ event_type, filter })),
  )
  assert.equal(subscribableEventTypes.length, 34)
  assert.deepEqual((await newWebhook(attio, { subscriptions: wanted })).subscriptions, wanted)
})

test('a missing filter is refused with its path: null must be explicit', async () => {
  const attio = createTestAttio()
  const answer = await post(attio, { target_url, subscriptions: [{ event_type: 'task.created' }] })
  assert.equal(answer.status, 400)
  assert.deepEqual(answer.as(problem), {
    code: 'validation_type',
    message: 'Body payload validation error.',
    validation_errors: [{ path: ['data', 'subscriptions', 0, 'filter'], message: 'Invalid input' }],
  })
})

test('a webhook’s target is https, or http on this machine', async () => {
  const attio = createTestAttio()
  const status = async (url: unknown) =>
    (await post(attio, { target_url: url, subscriptions })).status
  for (const url of [
    'https://receiver.example/a?b=c',
    'http://localhost:3050/webhooks/attio/key',
    'http://127.0.0.1/a',
    'http://127.8.9.10:81',
    'http://[::1]:80/a',
    'HTTP://LOCALHOST/b',
  ]) {
    assert.equal(await status(url), 200, url)
  }
  for (const url of [
    'http://receiver.example/',
    'http://localhost.receiver.example/',
    'http://127.0.0.1.receiver.example/',
    'http://10.0.0.1/',
    'http://0.0.0.0/',
    'http://[::2]/',
    'ftp://localhost/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'localhost:3050',
    'https://',
    '',
    null,
    7,
  ]) {
    assert.equal(await status(url), 400, String(url))
  }
})

test('malformed bodies are refused', async () => {
  const attio = createTestAttio()
  const { id: ids } = await newWebhook(attio)
  for (const data of [
    {},
    { target_url },
    { subscriptions },
    { target_url, subscriptions: [] },
    { target_url, subscriptions: {} },
    { target_url, subscriptions: [{ event_type: 'task.exploded', filter: null }] },
    { target_url, subscriptions: [{ filter: null }] },
    ...[{}, [], 'x', { $and: [], $or: [] }, { $not: [] }, { $and: [{ field: 'a' }] }].map(
      (filter) => ({ target_url, subscriptions: [{ event_type: 'task.created', filter }] }),
    ),
  ]) {
    assert.equal((await post(attio, data)).status, 400, JSON.stringify(data))
    if ('target_url' in data !== 'subscriptions' in data) continue
    const path = `/v2/webhooks/${ids.webhook_id}`
    assert.equal((await attio.call('PATCH', path, { data })).status, 400, JSON.stringify(data))
  }
  assert.equal((await attio.call('POST', '/v2/webhooks')).status, 400)
})

test('target, event type and filter are unique in a workspace, for POST and PATCH', async () => {
  const attio = createTestAttio()
  const filter = { $and: [{ field: 'actor.type', operator: 'equals', value: 'app' }] }
  const filtered = [{ event_type: 'task.created', filter }]
  const first = await newWebhook(attio)
  const second = await newWebhook(attio, { subscriptions: filtered })
  const path = `/v2/webhooks/${second.id.webhook_id}`
  const reordered = { $and: [{ value: 'app', operator: 'equals', field: 'actor.type' }] }
  for (const answer of [
    await post(attio, { target_url, subscriptions }),
    await post(attio, {
      target_url,
      subscriptions: [{ event_type: 'note.created', filter: null }, ...subscriptions],
    }),
    await post(attio, { target_url, subscriptions: [{ ...filtered[0], filter: reordered }] }),
    await post(attio, {
      target_url: `${target_url}/x`,
      subscriptions: [...subscriptions, ...subscriptions],
    }),
    await attio.call('PATCH', path, { data: { subscriptions } }),
  ]) {
    assert.equal(answer.status, 409)
    assert.deepEqual(answer.as(problem), {
      code: 'uniqueness_conflict',
      message:
        'Each subscription must have a unique combination of target URL, event type and filter.',
    })
  }
  const same = await attio.call('PATCH', path, { data: { subscriptions: filtered } })
  assert.equal(same.status, 200, 'a webhook is not in its own way')
  assert.equal((await attio.call('DELETE', `/v2/webhooks/${first.id.webhook_id}`)).status, 200)
  assert.equal((await post(attio, { target_url, subscriptions })).status, 200)
})

test('webhooks are paged, 10 by default and up to 100 on request, oldest first', async () => {
  const attio = createTestAttio()
  const urls = Array.from({ length: 15 }, (_, n) => `${target_url}/${n}`)
  for (const url of urls) await newWebhook(attio, { target_url: url })
  const list = async (query: string) => attio.call('GET', `/v2/webhooks${query}`)
  const seen = async (query: string) =>
    (await list(query)).as(many).data.map((one) => one.target_url)
  assert.deepEqual(await seen(''), urls.slice(0, 10))
  assert.deepEqual(await seen('?limit=100'), urls)
  assert.deepEqual(await seen('?limit=10&offset=10'), urls.slice(10))
  for (const query of ['?limit=9', '?limit=101', '?limit=x', '?offset=-1']) {
    assert.equal((await list(query)).status, 400, query)
  }
})

const named = (id: string) => `Webhook with ID "${id}" was not found.`

test('another workspace’s webhook is a 404 for get, update and delete', async () => {
  const attio = createTestAttio()
  const { id: ids } = await newWebhook(attio)
  const stranger = attio.issueAccessToken({
    clientId: attio.clientId,
    memberEmail: 'edith@globex.example',
    workspace: 'globex',
  })
  const missing = '00000000-0000-4000-8000-000000000000'
  for (const [webhookId, token] of [
    [ids.webhook_id, stranger],
    [missing, attio.token],
  ] as const) {
    const path = `/v2/webhooks/${webhookId}`
    for (const [answer, message] of [
      [await attio.call('GET', path, undefined, token), named(webhookId)],
      [await attio.call('PATCH', path, { data: { target_url } }, token), named(webhookId)],
      [await attio.call('DELETE', path, undefined, token), 'Webhook not found'],
    ] as const) {
      assert.equal(answer.status, 404)
      assert.equal(answer.as(problem).message, message)
    }
  }
  assert.deepEqual((await attio.call('GET', '/v2/webhooks', undefined, stranger)).as(many).data, [])
  assert.equal((await attio.call('GET', '/v2/webhooks/1')).status, 400)
})

test('reading webhooks needs webhook:read, all other operations webhook:read-write', async () => {
  const attio = createTestAttio()
  const { id: ids } = await newWebhook(attio)
  const tokenWith = (scopes: string[]) =>
    attio.issueAccessToken({
      clientId: attio.clientId,
      memberEmail: 'ada@acme.example',
      workspace: 'acme',
      scopes,
    })
  const reader = tokenWith(['webhook:read'])
  const without = tokenWith(['task:read-write'])
  const path = `/v2/webhooks/${ids.webhook_id}`
  const status = async (method: string, at: string, token: string) =>
    (await attio.call(method, at, { data: {} }, token)).status
  for (const at of ['/v2/webhooks', path]) {
    assert.equal((await attio.call('GET', at, undefined, reader)).status, 200)
    assert.equal((await attio.call('GET', at, undefined, without)).status, 403)
  }
  assert.equal(await status('POST', '/v2/webhooks', reader), 403)
  assert.equal(await status('PATCH', path, reader), 403)
  assert.equal((await attio.call('DELETE', path, undefined, reader)).status, 403)
})

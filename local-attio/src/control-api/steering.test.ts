import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { authorizeUrl, createTestAttio, taskScopes, type TestAttio } from '../for-tests.ts'
import { acmeTaskId, standard } from '../seed/standard.ts'
import { World } from '../world/world.ts'

const steer = async (attio: TestAttio, method: string, path: string, body?: unknown) => {
  const response = await attio.fetch(`${attio.origin}/_control/${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  const json: unknown = text === '' ? undefined : JSON.parse(text)
  return { status: response.status, json }
}
const ada = { workspace: 'acme', memberEmail: 'ada@acme.example' }
const problem = z.strictObject({
  local_attio: z.string(),
  problems: z.array(z.string()).optional(),
})

suite('control over HTTP', () => {
  test('a person allows and denies an app without a browser', async () => {
    const attio = createTestAttio()
    const asked = { url: authorizeUrl(attio), person: 'ada@acme.example', workspace: 'acme' }
    const answer = z.strictObject({
      location: z.string(),
      parameters: z.record(z.string(), z.string()),
    })
    const allowed = answer.parse((await steer(attio, 'POST', 'consent', asked)).json)
    assert.equal(allowed.parameters['state'], 'state-1')
    const token = await attio.post('/oauth/token', {
      grant_type: 'authorization_code',
      client_id: attio.clientId,
      client_secret: attio.clientSecret,
      code: allowed.parameters['code'] ?? '',
    })
    assert.equal(token.status, 200)

    const denial = await steer(attio, 'POST', 'consent', { ...asked, decision: 'deny' })
    assert.equal(answer.parse(denial.json).parameters['error'], 'access_denied')

    const notAdmin = await steer(attio, 'POST', 'consent', { ...asked, person: 'ben@acme.example' })
    assert.equal(notAdmin.status, 400)
    assert.match(problem.parse(notAdmin.json).local_attio, /admin/)
  })

  test('a member adds, changes and deletes a task', async () => {
    const attio = createTestAttio()
    const tasks = 'workspaces/acme/members/ben@acme.example/tasks'
    const added = await steer(attio, 'POST', tasks, {
      content: 'Call Grace',
      deadlineAt: '2026-05-20T09:00:00Z',
      assigneeIds: [standard.members.adaAtAcme],
    })
    assert.equal(added.status, 201)
    const { id } = z.looseObject({ id: z.string() }).parse(added.json)
    const path = `/v2/tasks/${id}`
    assert.match(JSON.stringify((await attio.call('GET', path)).body), /2026-05-20T09:00:00/)
    const done = await steer(attio, 'PATCH', `${tasks}/${id}`, { isCompleted: true })
    assert.equal(z.looseObject({ isCompleted: z.boolean() }).parse(done.json).isCompleted, true)
    assert.equal((await steer(attio, 'DELETE', `${tasks}/${id}`)).status, 204)
    assert.equal((await attio.call('GET', path)).status, 404)
    for (const [method, wrong, body] of [
      ['POST', 'workspaces/acme/members/nobody@acme.example/tasks', { content: 'x' }],
      ['POST', 'workspaces/nowhere/members/ben@acme.example/tasks', { content: 'x' }],
      ['PATCH', `${tasks}/${id}`, { isCompleted: true }],
      ['PATCH', `${tasks}/${acmeTaskId(1)}`, { content: 'Texts cannot be changed' }],
      ['DELETE', `${tasks}/${id}`, undefined],
    ] as const) {
      const refused = await steer(attio, method, wrong, body)
      assert.equal(refused.status, 400, `${method} ${wrong}`)
      problem.parse(refused.json)
    }
  })

  test('an admin removes an app, and the next grant has other scopes', async () => {
    const attio = createTestAttio()
    const removed = await steer(attio, 'DELETE', `workspaces/acme/apps/${attio.clientId}`)
    assert.equal(removed.status, 204)
    assert.deepEqual((await attio.call('GET', '/v2/self')).body, { active: false })
    const scopes = `apps/${attio.clientId}/scopes`
    assert.equal((await steer(attio, 'PUT', scopes, { scopes: ['task:read'] })).status, 204)
    assert.deepEqual(attio.control.world.apps.get(attio.clientId)?.scopes, ['task:read'])
    const unknown = await steer(attio, 'PUT', 'apps/unknown/scopes', { scopes: [] })
    assert.equal(unknown.status, 400)
  })

  test('a name that nothing has is refused with that name, and nothing changes', async () => {
    const attio = createTestAttio()
    const app = `apps/${attio.clientId}`
    const tasks = 'workspaces/acme/members/ben@acme.example/tasks'
    const [company] = attio.control.world.records.all()
    const link = { objectId: company?.objectId ?? '', recordId: company?.id ?? '' }
    const elsewhere = attio.control.world.records.all().at(-1)?.id ?? ''
    const consent = { person: 'ada@acme.example', workspace: 'acme' }
    const before = JSON.stringify(attio.control.save())
    for (const [method, path, body, name] of [
      ['PUT', `${app}/scopes`, { scopes: ['task:raed'] }, 'task:raed'],
      ['PUT', 'apps', { name: 'Mine', redirectUris: [], scopes: ['tasks:read'] }, 'tasks:read'],
      [
        'POST',
        'access-tokens',
        { clientId: attio.clientId, workspace: 'acme', memberEmail: 'x@y.example' },
        'x@y.example',
      ],
      [
        'POST',
        'access-tokens',
        { clientId: attio.clientId, ...ada, scopes: ['task:write'] },
        'task:write',
      ],
      ['DELETE', 'workspaces/acme/apps/unknown', undefined, 'unknown'],
      ['POST', tasks, { content: 'x', assigneeIds: ['nobody'] }, 'nobody'],
      [
        'POST',
        tasks,
        { content: 'x', assigneeIds: [standard.members.edithAtGlobex] },
        standard.members.edithAtGlobex,
      ],
      [
        'POST',
        tasks,
        { content: 'x', linkedRecords: [{ ...link, recordId: elsewhere }] },
        elsewhere,
      ],
      [
        'PATCH',
        `${tasks}/${acmeTaskId(1)}`,
        { linkedRecords: [{ ...link, objectId: 'people' }] },
        'people',
      ],
      ['PUT', 'rate-limits', { limits: { perOperation: { 'task.list': 2 } } }, 'task.list'],
      ['POST', 'faults', { answer: { headers: { 'a header': 'x' } } }, 'a header'],
      ['POST', 'faults', { answer: { headers: { 'x-note': 'two\nlines' } } }, 'x-note'],
      ['POST', 'consent', { ...consent, url: `${attio.origin}/oauth/token` }, '/oauth/token'],
    ] as const) {
      const refused = await steer(attio, method, path, body)
      assert.equal(refused.status, 400, `${method} ${path}`)
      assert.ok(problem.parse(refused.json).local_attio.includes(name), name)
    }
    assert.equal(JSON.stringify(attio.control.save()), before)
    assert.deepEqual(attio.control.faults.list(), [])
    const linked = await steer(attio, 'POST', tasks, { content: 'x', linkedRecords: [link] })
    assert.equal(linked.status, 201)
  })

  test('an admin switches on the objects users and workspaces', async () => {
    const attio = createTestAttio()
    const { world } = attio.control
    const slugs = () => world.objectsOf(standard.workspaces.globex.id).map((one) => one.slug)
    assert.ok(!slugs().includes('users'))
    for (const slug of ['users', 'workspaces', 'users']) {
      const { status } = await steer(attio, 'PUT', `workspaces/globex/objects/${slug}`)
      assert.ok(status < 300, slug)
    }
    assert.deepEqual(slugs().slice(3), ['users', 'workspaces'])
    assert.equal((await steer(attio, 'PUT', 'workspaces/globex/objects/rockets')).status, 400)
    assert.equal((await steer(attio, 'PUT', 'workspaces/nowhere/objects/users')).status, 400)
  })

  test('an app with given credentials survives a reset and a replaced world', async () => {
    const attio = createTestAttio()
    const app = {
      name: 'Fixed',
      redirectUris: ['http://localhost/cb'],
      scopes: taskScopes,
      clientId: '3f0d5c6e-9a51-4f6e-8f57-2f1f8a3f0001',
      clientSecret: 'a-secret-of-my-own',
    }
    const { clientId, clientSecret } = app
    assert.deepEqual((await steer(attio, 'PUT', 'apps', app)).json, { clientId, clientSecret })
    const empty = await steer(attio, 'GET', 'world')
    await steer(attio, 'POST', 'reset', { seed: 'no-tasks' })
    assert.deepEqual(
      attio.control.world.apps.all().map(({ id, clientSecret }) => [id, clientSecret]),
      [[clientId, clientSecret]],
    )
    await steer(attio, 'PUT', 'world', empty.json)
    assert.equal(attio.control.world.apps.get(clientId)?.clientSecret, clientSecret)

    const other = { ...app, clientId: '3f0d5c6e-9a51-4f6e-8f57-2f1f8a3f0002' }
    assert.equal((await steer(attio, 'PUT', 'apps', other)).status, 400)
    assert.equal((await steer(attio, 'PUT', 'apps', { ...app, clientId: 'mine' })).status, 400)
  })

  test('a webhook of the dashboard is created, tested and settled', async () => {
    const received: string[] = []
    const attio = createTestAttio({
      deliver: async (url) => {
        received.push(url)
        return new Response()
      },
    })
    const webhooks = 'workspaces/acme/webhooks'
    const webhook = {
      targetUrl: 'http://localhost:4000/hook',
      subscriptions: [{ eventType: 'task.created' }],
    }
    const made = await steer(attio, 'POST', webhooks, webhook)
    assert.equal(made.status, 201)
    const { id } = z.looseObject({ id: z.string(), secret: z.string() }).parse(made.json)
    assert.equal((await steer(attio, 'POST', webhooks, webhook)).status, 400)
    const elsewhere = { ...webhook, targetUrl: 'http://10.0.0.1/hook' }
    assert.equal((await steer(attio, 'POST', webhooks, elsewhere)).status, 400)
    const list = z.object({ webhooks: z.array(z.looseObject({ id: z.string() })) })
    assert.equal(list.parse((await steer(attio, 'GET', webhooks)).json).webhooks[0]?.id, id)

    const event = { eventType: 'task.created' }
    assert.equal((await steer(attio, 'POST', `webhooks/${id}/test-events`, event)).status, 201)
    assert.equal((await steer(attio, 'POST', 'webhooks/none/test-events', event)).status, 400)
    assert.equal((await steer(attio, 'POST', 'webhooks/settle')).status, 204)
    assert.deepEqual(received, [webhook.targetUrl])
    const deliveries = z.object({ deliveries: z.array(z.looseObject({ status: z.string() })) })
    const delivered = await steer(attio, 'GET', `deliveries?webhookId=${id}&status=delivered`)
    assert.equal(deliveries.parse(delivered.json).deliveries.length, 1)
    const settings = await steer(attio, 'PUT', 'webhook-settings', { perSecond: 2 })
    assert.deepEqual(settings.json, { deadlineMs: 5000, perSecond: 2 })
    assert.deepEqual((await steer(attio, 'GET', 'webhook-settings')).json, settings.json)
  })

  test('a schema describes every collection of a seed file', async () => {
    const attio = createTestAttio()
    const { json } = await steer(attio, 'GET', 'world/schema')
    const { properties } = z
      .looseObject({
        properties: z.looseObject({
          collections: z.looseObject({ properties: z.record(z.string(), z.unknown()) }),
        }),
      })
      .parse(json)
    const names = new World().collections.map(({ name }) => name)
    assert.deepEqual(Object.keys(properties.collections.properties).toSorted(), names.toSorted())
    z.fromJSONSchema(z.looseObject({}).parse(json)).parse(attio.control.save())
  })
})

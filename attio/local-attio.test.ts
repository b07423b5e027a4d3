// Runs the client against the local Attio, whose code shares nothing with it, so the two readings of
// Attio's documents must agree. In process: no port and no real waiting.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  AttioApiError,
  type AttioClientOptions,
  createAttioClient,
  missingScopes,
  type RateLimiter,
  readWebhookDelivery,
  recordName,
  scopesToReadTasks,
  verifyWebhookSignature,
  webhookHeaders,
} from '@taskr/attio'
import * as oauth from '@taskr/attio/oauth'
import { createLocalAttio, type LocalAttioOptions, standard } from '../local-attio/src/index.ts'

const redirectUri = 'http://localhost:3050/integrations/attio/callback'
const scopes = [
  'task:read-write',
  'object_configuration:read',
  'record_permission:read-write',
  'user_management:read',
  'webhook:read-write',
  'note:read-write',
]

interface Opening {
  readonly scopes?: readonly string[]
  readonly client?: Partial<AttioClientOptions>
  readonly attio?: LocalAttioOptions
}

function openAttio(options: Opening = {}) {
  const attio = createLocalAttio(options.attio)
  const endpoints = { app: attio.origin, api: attio.origin }
  const registration = {
    name: 'Mine',
    redirectUris: [redirectUri],
    scopes: options.scopes ?? scopes,
  }
  const credentials = attio.registerApp(registration)
  const fetch: typeof globalThis.fetch = (input, init) => attio.fetch(input, init)
  const accessToken = attio.issueAccessToken({
    clientId: credentials.clientId,
    workspace: 'acme',
    memberEmail: standard.people.ada.emailAddress,
  })
  const wait = async () => {}
  const client = createAttioClient({ accessToken, endpoints, fetch, wait, ...options.client })
  return { attio, client, accessToken, endpoints, credentials, fetch }
}

type Opened = ReturnType<typeof openAttio>

/** Sends Ada to the consent page; returns the flow and the callback parameters from her browser. */
async function approve(opened: Opened, decision: 'allow' | 'deny' = 'allow') {
  const { attio, endpoints, credentials } = opened
  const { clientId } = credentials
  const request = await oauth.createAuthorizationRequest({ endpoints, clientId, redirectUri })
  const person = standard.people.ada.emailAddress
  const { url, state } = request
  const back = attio.control.consent({ url, person, workspace: 'acme', decision })
  const check = { endpoints, clientId, expectedState: state }
  const response = oauth.readAuthorizationResponse(back.searchParams, check)
  const code = response.kind === 'code' ? response.code : ''
  return { ...request, response, code }
}

describe('OAuth', () => {
  const exchange = (
    { endpoints, fetch, credentials }: Opened,
    flow: oauth.AuthorizationRequest & { code: string },
  ) => oauth.requestAccessToken({ ...credentials, ...flow, endpoints, redirectUri, fetch })

  test('a token is requested, identified and revoked', async () => {
    const opened = openAttio()
    const { endpoints, fetch, credentials } = opened
    const answer = await exchange(opened, await approve(opened))
    assert.ok(answer.kind === 'granted')
    const token = { endpoints, fetch, accessToken: answer.accessToken }

    const answered = await oauth.introspectAccessToken(token)
    assert.ok(answered.kind === 'identified' && answered.identity.active)
    const { identity } = answered
    assert.equal(identity.clientId, credentials.clientId)
    assert.equal(identity.authorizedByWorkspaceMemberId, standard.members.adaAtAcme)
    assert.deepEqual(missingScopes(scopesToReadTasks, identity.scopes), [])
    assert.deepEqual(await createAttioClient(token).self.identify(), identity)

    assert.deepEqual(await oauth.revokeAccessToken(token), { kind: 'revoked', status: 204 })
    assert.deepEqual(await createAttioClient(token).self.identify(), { active: false })
    await assert.rejects(createAttioClient(token).tasks.list(), { status: 401 })
  })

  test('OA-05 an authorization code works once', async () => {
    const opened = openAttio()
    const flow = await approve(opened)
    assert.equal((await exchange(opened, flow)).kind, 'granted')
    const again = await exchange(opened, flow)
    assert.ok(again.kind === 'refused' && again.error === 'invalid_grant')
  })

  test('OA-06 an authorization code of another flow is refused with our code verifier', async () => {
    const opened = openAttio()
    const [theirs, ours] = [await approve(opened), await approve(opened)]
    const answer = await exchange(opened, { ...ours, code: theirs.code })
    assert.equal(answer.kind, 'refused')
  })

  test('H-43 a person who denies is a refusal, not a missing code', async () => {
    const { response, state } = await approve(openAttio(), 'deny')
    assert.deepEqual(response, { kind: 'refused', error: 'access_denied', state })
  })
})

describe('tasks', () => {
  test('a task is created, found, changed, completed and deleted', async () => {
    const { client } = openAttio()
    const [person] = await client.records.query('people', { limit: 1 })
    assert.ok(person)
    const deadlineAt = Date.UTC(2027, 0, 1, 15)
    const linkedRecords = [{ targetObject: 'people', targetRecordId: person.id }]
    const member = standard.members.benAtAcme
    const created = await client.tasks.create({
      content: 'Call Grace 👋',
      deadlineAt,
      linkedRecords,
      assignees: [member, standard.people.ada.emailAddress],
    })
    assert.equal(created.deadlineAt, deadlineAt)
    assert.deepEqual(
      created.assigneeIds.toSorted(),
      [standard.members.adaAtAcme, member].toSorted(),
    )
    assert.equal(created.linkedRecords[0]?.targetRecordId, person.id)
    assert.equal(created.createdBy?.type, 'app')

    const linkedRecord = { object: 'people', recordId: person.id }
    for (const filter of [{ linkedRecord }, { assignee: member }, { isCompleted: false }]) {
      const ids = (await Array.fromAsync(client.tasks.all(filter))).map((task) => task.id)
      assert.ok(ids.includes(created.id), JSON.stringify(filter))
    }
    const done = await client.tasks.update(created.id, { isCompleted: true, assignees: [] })
    assert.ok(done.isCompleted && done.completedAt !== null)
    assert.equal(done.content, 'Call Grace 👋')
    const unassigned = await Array.fromAsync(client.tasks.all({ assignee: null }))
    assert.ok(unassigned.some((task) => task.id === created.id))
    assert.equal((await client.tasks.update(created.id, { deadlineAt: null })).deadlineAt, null)

    await client.tasks.delete(created.id)
    await assert.rejects(client.tasks.get(created.id), { status: 404, code: 'not_found' })
  })

  test('H-59 overlapping small pages return every task once, newest first', async () => {
    const { client } = openAttio()
    const { tasks } = await client.tasks.list()
    assert.ok(tasks.length > 3)
    const listed = client.tasks.all({ sort: 'created_at:desc' }, { pageSize: 3, overlap: 1 })
    const instants = (await Array.fromAsync(listed)).map((task) => task.createdAt)
    assert.equal(instants.length, tasks.length)
    assert.deepEqual(
      instants,
      instants.toSorted((a, b) => b - a),
    )
  })

  test('a missing scope is a 403', async () => {
    const { client } = openAttio({ scopes: ['user_management:read'] })
    await assert.rejects(client.tasks.list(), { status: 403 })
    assert.ok((await client.workspaceMembers.list()).length > 0)
  })

  test('a validation error names the invalid field', async () => {
    const { client } = openAttio()
    const create = client.tasks.create({ content: 'x'.repeat(2_001) })
    await assert.rejects(create, (error: { validationErrors: { path: unknown[] }[] }) =>
      error.validationErrors.some(({ path }) => path.includes('content')),
    )
  })
})

describe('other resources', () => {
  test('members, objects, attributes and records are read, records with their names', async () => {
    const { client } = openAttio()
    const member = await client.workspaceMembers.get(standard.members.adaAtAcme)
    assert.equal(member.emailAddress, standard.people.ada.emailAddress)
    const objects = await client.objects.list()
    assert.ok(objects.some(({ apiSlug }) => apiSlug === 'people'))
    assert.equal((await client.objects.get('people')).singularNoun, 'Person')
    for (const object of ['people', 'companies', 'deals']) {
      const records = await Array.fromAsync(client.records.all(object, {}, { pageSize: 2 }))
      assert.ok(records.length > 0)
      for (const record of records) {
        assert.ok(recordName(record), `${object} ${record.webUrl}`)
        assert.deepEqual(await client.records.get(object, record.id), record)
        for (const [slug, values] of Object.entries(record.values)) {
          assert.ok(
            values.every((value) => value.attributeType !== 'other'),
            slug,
          )
        }
      }
    }
    const ids = (await client.records.query('people')).slice(0, 2).map((record) => record.id)
    const some = await client.records.query('people', { filter: { record_id: { $in: ids } } })
    assert.deepEqual(some.map((record) => record.id).toSorted(), ids.toSorted())
  })
})

describe('writing records', () => {
  test('a record is created, changed, found and deleted', async () => {
    const { client } = openAttio()
    const values = { name: 'Analytical Engines', domains: ['engines.example'] }
    const created = await client.records.create('companies', values)
    assert.equal(recordName(created), 'Analytical Engines')
    const again = await client.records.assert('companies', 'domains', {
      domains: ['engines.example'],
      name: 'Difference Engines',
    })
    assert.equal(again.id, created.id)
    const search = { query: 'difference', objects: ['companies'] }
    const found = await client.records.search(search)
    assert.deepEqual(
      found.map(({ id, text }) => ({ id, text })),
      [{ id: created.id, text: 'Difference Engines' }],
    )
    const attributes = await client.attributes.list('objects', 'companies')
    assert.ok(attributes.some((attribute) => attribute.apiSlug === 'domains' && attribute.isUnique))
    await client.records.update('companies', created.id, { name: 'Engines' })
    const last = await client.records.overwrite('companies', created.id, { domains: [] })
    assert.equal(recordName(last), 'Engines')
    await client.records.delete('companies', created.id)
    await assert.rejects(client.records.get('companies', created.id), { status: 404 })
  })
})

describe('webhooks', () => {
  test('a webhook is created, its deliveries are verified and read, and it is deleted', async () => {
    const delivered: Request[] = []
    const deliver = async (url: string, init: RequestInit) => {
      delivered.push(new Request(url, init))
      return new Response(null, { status: 202 })
    }
    const { attio, client } = openAttio({ attio: { deliver } })
    const targetUrl = 'https://receiver.example/attio'
    const { id, secret } = await client.webhooks.create({
      targetUrl,
      subscriptions: [{ eventType: 'task.created' }],
    })
    const task = await client.tasks.create({ content: 'Tell me' })
    await attio.control.webhooks.settle()

    const [delivery] = delivered
    assert.ok(delivery)
    const body = await delivery.arrayBuffer()
    const signature = delivery.headers.get(webhookHeaders.signature)
    assert.ok(delivery.headers.get(webhookHeaders.idempotencyKey))
    assert.equal(await verifyWebhookSignature({ body, signature, secret }), true)
    assert.equal(await verifyWebhookSignature({ body, signature, secret: 'other' }), false)
    const read = readWebhookDelivery(new TextDecoder().decode(body))
    assert.ok(read.kind === 'delivery')
    assert.equal(read.webhookId, id)
    assert.deepEqual(read.events[0]?.subject, { kind: 'task', taskId: task.id })
    assert.equal(read.events[0]?.actor?.type, 'app')

    const subscriptions = [{ eventType: 'task.deleted' }] as const
    const updated = await client.webhooks.update(id, { subscriptions })
    assert.deepEqual(updated.subscriptions, [{ eventType: 'task.deleted', filter: null }])
    assert.deepEqual(
      (await client.webhooks.list()).map((webhook) => webhook.id),
      [id],
    )
    await client.webhooks.delete(id)
    await assert.rejects(client.webhooks.get(id), { status: 404 })
    assert.deepEqual(await client.webhooks.list(), [])
  })
})

describe('notes', () => {
  test('a note on a record is created, found among its notes, and deleted', async () => {
    const { client } = openAttio()
    const [company] = await client.records.query('companies', { limit: 1 })
    assert.ok(company)
    const record = { parentObject: 'companies', parentRecordId: company.id }
    const note = await client.notes.create({ ...record, title: 'Call', content: 'Two\nlines' })
    assert.equal(note.plaintext, 'Two\nlines')
    assert.equal(note.createdBy?.type, 'app')
    const found = await Array.fromAsync(client.notes.all(record))
    assert.deepEqual(
      found.find(({ id }) => id === note.id),
      note,
    )
    await client.notes.delete(note.id)
    await assert.rejects(client.notes.get(note.id), { status: 404 })
  })
})

describe('limits', () => {
  test("RL-01 every call is counted as a read or a write by Attio's rule", async () => {
    const asked: { access: string }[] = []
    const rateLimiter: RateLimiter = async (call) => void asked.push(call)
    // With no writes allowed, exactly what Attio counts as a write is refused.
    const { client } = openAttio({
      attio: { rateLimits: { writes: 0 } },
      client: { attempts: 1, rateLimiter },
    })
    const id = '00000000-0000-4000-8000-000000000000'
    const { self, tasks, workspaceMembers, objects, attributes, records, notes, webhooks } = client
    const webhook = { targetUrl: 'https://taskr.example/', subscriptions: [] }
    const calls: readonly (() => Promise<unknown>)[] = [
      () => self.identify(),
      () => tasks.list(),
      () => tasks.get(id),
      () => tasks.create({ content: 'New' }),
      () => tasks.update(id, { isCompleted: true }),
      () => tasks.delete(id),
      () => workspaceMembers.list(),
      () => workspaceMembers.get(id),
      () => objects.list(),
      () => objects.get('people'),
      () => attributes.list('objects', 'people'),
      () => records.query('people'),
      () => records.get('people', id),
      () => records.search({ query: 'Ada', objects: ['people'] }),
      () => records.create('people', {}),
      () => records.update('people', id, {}),
      () => records.overwrite('people', id, {}),
      () => records.assert('people', 'email_addresses', {}),
      () => records.delete('people', id),
      () => notes.list(),
      () => notes.get(id),
      () => notes.create({ parentObject: 'people', parentRecordId: id, title: '', content: '' }),
      () => notes.delete(id),
      () => webhooks.list(),
      () => webhooks.get(id),
      () => webhooks.create(webhook),
      () => webhooks.update(id, webhook),
      () => webhooks.delete(id),
    ]
    for (const call of calls) {
      const error: unknown = await call().then(
        () => undefined,
        (error: unknown) => error,
      )
      const isRefused = error instanceof AttioApiError && error.status === 429
      assert.equal(asked.at(-1)?.access, isRefused ? 'write' : 'read', call.toString())
    }
    assert.ok(asked.length >= calls.length)
  })
})

describe('when Attio fails', () => {
  test('RL-09 a create whose answer is lost creates one task and reports an unknown outcome', async () => {
    const { attio, client } = openAttio()
    const path = '/v2/tasks'
    attio.control.faults.add({ method: 'POST', path, answer: { reset: 'after-commit' } })
    await assert.rejects(client.tasks.create({ content: 'Once' }), { name: 'AttioNetworkError' })
    const tasks = await Array.fromAsync(client.tasks.all())
    assert.equal(tasks.filter(({ content }) => content === 'Once').length, 1)
  })

  test('a delete whose answer is lost succeeds', async () => {
    const { attio, client } = openAttio()
    const task = await client.tasks.create({ content: 'Away' })
    const answer = { reset: 'after-commit' } as const
    attio.control.faults.add({ method: 'DELETE', path: '/v2/tasks/*', count: 1, answer })
    await client.tasks.delete(task.id)
    await assert.rejects(client.tasks.get(task.id), { status: 404 })
  })

  for (const retryAfter of ['date', 'seconds', 'garbage', 'absent'] as const) {
    test(`RL-02 a 429 with Retry-After: ${retryAfter} delays the retry, also for a create`, async () => {
      const waits: number[] = []
      const wait = async (ms: number) => void waits.push(ms)
      const { attio, client } = openAttio({ client: { wait, random: () => 0.99 } })
      attio.control.faults.add({ count: 1, answer: { status: 429, retryAfter } })
      await client.tasks.create({ content: 'Later' })
      assert.equal(waits.length, 1)
      assert.ok((waits[0] ?? 0) > 0)
    })
  }

  test('RL-05 a server that hangs is abandoned at the deadline', async () => {
    const { attio, client } = openAttio({ client: { deadlineMs: 30 } })
    attio.control.faults.add({ answer: { hang: true } })
    await assert.rejects(client.tasks.list(), { name: 'AttioTimeoutError' })
  })

  test('RL-19 floods, partial answers and unexpected shapes are typed failures', async () => {
    const table: [answer: object, name: string][] = [
      [{ bodyBytes: 6_000_000 }, 'AttioTooLargeError'],
      [{ truncate: 20 }, 'AttioNetworkError'],
      [{ status: 500, body: '<h1>Oops</h1>' }, 'AttioApiError'],
      [{ status: 200, body: '<h1>Oops</h1>' }, 'AttioResponseError'],
      [{ status: 200, body: [] }, 'AttioResponseError'],
    ]
    const { attio, client } = openAttio({ client: { attempts: 1 } })
    for (const [answer, name] of table) {
      const end = attio.control.faults.add({ answer })
      await assert.rejects(client.tasks.list(), { name }, JSON.stringify(answer))
      end()
    }
    assert.ok((await client.tasks.list()).tasks.length > 0)
  })
})

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  data,
  memberId,
  noteId,
  refusal,
  taskId,
  webhookId,
  wireAttribute,
  wireIdentity,
  wireMember,
  wireNote,
  wireObject,
  wireRecord,
  wireTask,
  wireValue,
  wireWebhook,
} from '../../testing/answers.ts'
import { clientOn } from '../../testing/client.ts'
import type { AttioClient } from '../client.ts'
import type { UnreadableItem } from '../wire/envelope.ts'
import { recordName } from './record-name.ts'

const subscriptions = [{ eventType: 'task.created' }] as const

describe('an answer about another resource than the one that was asked for', () => {
  const calls: Readonly<Record<string, (client: AttioClient) => Promise<unknown>>> = {
    'a task': (client) => client.tasks.get('another'),
    'a changed task': (client) => client.tasks.update('another', { isCompleted: true }),
    'a member': (client) => client.workspaceMembers.get('another'),
    'a note': (client) => client.notes.get('another'),
    'a webhook': (client) => client.webhooks.get('another'),
    'a changed webhook': (client) => client.webhooks.update('another', {}),
  }
  const answers = [wireTask(), wireTask(), wireMember(), wireNote(), wireWebhook(), wireWebhook()]
  for (const [at, [what, call]] of Object.entries(calls).entries()) {
    test(`${what} is not taken for it`, async () => {
      const { client } = clientOn([data(answers[at])])
      await assert.rejects(call(client), { name: 'AttioResponseError', path: 'data.id' })
    })
  }

  test('an id in another case is the same id', async () => {
    const { client } = clientOn([data(wireTask())])
    assert.equal((await client.tasks.get(taskId.toUpperCase())).id, taskId)
  })
})

describe('an item without the documented form', () => {
  const spoiled = { ...wireMember(), id: null }
  const good = wireMember()

  test('an unreadable item fails a list without onUnreadable', async () => {
    const { client } = clientOn([data([good, spoiled])])
    await assert.rejects(client.workspaceMembers.list(), { path: 'data.1.id' })
  })

  test('an unreadable item is reported to onUnreadable and left out of the list', async () => {
    const lists: Readonly<
      Record<string, [unknown, (client: AttioClient, options: object) => Promise<unknown>]>
    > = {
      members: [good, (client, options) => client.workspaceMembers.list(options)],
      objects: [wireObject(), (client, options) => client.objects.list(options)],
      records: [wireRecord(), (client, options) => client.records.query('people', {}, options)],
      tasks: [wireTask(), async (client, options) => (await client.tasks.list({}, options)).tasks],
    }
    for (const [what, [item, list]] of Object.entries(lists)) {
      const left: UnreadableItem[] = []
      const { client } = clientOn([data([null, item, { id: 7 }, item])])
      const read = await list(client, { onUnreadable: (one: UnreadableItem) => left.push(one) })
      assert.ok(Array.isArray(read) && read.length === 2, what)
      assert.deepEqual(
        left.map(({ index, path }) => `${index} ${path}`),
        ['0 ', '2 id'],
        what,
      )
    }
  })

  test('a task whose text has more than 64 KB is unreadable', async () => {
    const texts = ['a'.repeat(64 * 1024 + 1), 'a'.repeat(64 * 1024)]
    const tasks = texts.map((text) => wireTask({ content_plaintext: text }))
    const left: string[] = []
    const { client } = clientOn([data(tasks)])
    const page = await client.tasks.list({}, { onUnreadable: ({ path }) => left.push(path) })
    assert.deepEqual(left, ['content_plaintext'])
    assert.deepEqual(
      page.tasks.map(({ content }) => content),
      texts.slice(1),
    )
  })

  test('a list in which no item can be read fails even with onUnreadable', async () => {
    const { client } = clientOn([data([spoiled, spoiled])])
    const onUnreadable = () => assert.fail()
    await assert.rejects(client.workspaceMembers.list({ onUnreadable }), { path: 'data.0.id' })
  })

  test('an answer that is no list fails even with onUnreadable', async () => {
    const { client } = clientOn([data({})])
    await assert.rejects(client.objects.list({ onUnreadable: () => {} }), { path: 'data' })
  })

  test('a member without names, address or time is read, and so is a record with an odd attribute', async () => {
    const bare = {
      ...good,
      first_name: null,
      last_name: 7,
      email_address: undefined,
      avatar_url: 7,
      created_at: '0000-00-00',
    }
    const odd = {
      ...wireRecord(),
      created_at: 'soon',
      web_url: 7,
      values: { name: [wireValue('text', { value: 'Acme' }), null], odd: 7 },
    }
    const { client } = clientOn([data([bare]), data([odd])])
    const [member] = await client.workspaceMembers.list()
    assert.deepEqual(
      [member?.firstName, member?.lastName, member?.emailAddress, member?.createdAt],
      ['', '', '', null],
    )
    const [record] = await client.records.query('companies')
    assert.ok(record)
    assert.equal(recordName(record), 'Acme')
    assert.deepEqual(record.values['odd'], [])
  })
})

describe('self', () => {
  test('OA-20 an active token names workspace, scopes, app and member', async () => {
    const { client } = clientOn([Response.json(wireIdentity())])
    assert.deepEqual(await client.self.identify(), {
      active: true,
      scopes: ['task:read-write', 'record_permission:read'],
      clientId: 'a0b1c2d3-0000-4000-8000-000000000002',
      audience: 'a0b1c2d3-0000-4000-8000-000000000002',
      tokenLevel: 'workspace',
      issuedAt: Date.UTC(2023, 0, 1, 15),
      workspaceId: '14beef7a-99f7-4534-a87e-70b564330a4c',
      workspaceName: 'Acme',
      workspaceSlug: 'acme',
      workspaceLogoUrl: null,
      authorizedByWorkspaceMemberId: '50cf242c-7fa3-4cad-87d0-75b1af71c57b',
    })
  })

  test('OA-20 a dead token is an inactive identity with status 200', async () => {
    const { client } = clientOn([Response.json({ active: false })])
    assert.deepEqual(await client.self.identify(), { active: false })
  })

  test('OA-20 only `active: true` is active', async () => {
    for (const active of ['true', 1, null, undefined, {}]) {
      const { client } = clientOn([Response.json(wireIdentity({ active }))])
      await assert.rejects(client.self.identify(), { name: 'AttioResponseError', path: 'active' })
    }
  })

  test('a malformed token is an AttioApiError with status 400', async () => {
    const { client } = clientOn([refusal(400, { code: 'missing_value' })])
    await assert.rejects(client.self.identify(), { status: 400, code: 'missing_value' })
  })

  test('tokens without a member or a level are read', async () => {
    const { authorized_by_workspace_member_id: _, token_level: __, ...rest } = wireIdentity()
    const { client } = clientOn([Response.json(rest)])
    const identity = await client.self.identify()
    assert.ok(identity.active)
    assert.equal(identity.tokenLevel, 'workspace')
    assert.ok(!('authorizedByWorkspaceMemberId' in identity))
  })
})

test('members, objects and attributes are listed and fetched', async () => {
  const { client, sent } = clientOn([
    data([wireMember({ access_level: 'suspended' })]),
    data(wireMember()),
    data([wireObject({ api_slug: null })]),
    data(wireObject()),
    data([wireAttribute()]),
  ])
  assert.equal((await client.workspaceMembers.list())[0]?.accessLevel, 'suspended')
  assert.equal((await client.workspaceMembers.get(memberId)).emailAddress, 'jo@example.com')
  assert.equal((await client.objects.list())[0]?.apiSlug, null)
  assert.equal((await client.objects.get('people')).pluralNoun, 'People')
  const attributes = await client.attributes.list('objects', 'people', { showArchived: true })
  assert.equal(attributes[0]?.type, 'personal-name')
  assert.deepEqual(
    sent.map(({ url }) => url.pathname + url.search),
    [
      '/v2/workspace_members',
      `/v2/workspace_members/${memberId}`,
      '/v2/objects',
      '/v2/objects/people',
      '/v2/objects/people/attributes?show_archived=true',
    ],
  )
})

describe('records', () => {
  test('a query posts filter, sorts and range; a record is read with its values', async () => {
    const name = wireValue('text', { value: 'Acme' })
    const { client, sent } = clientOn([data([wireRecord({ name: [name], domains: [] })])])
    const filter = { record_id: { $in: ['r-1'] } }
    const sorts = [{ direction: 'asc', attribute: 'name' }] as const
    const [record] = await client.records.query('companies', { filter, sorts, limit: 5, offset: 0 })
    assert.equal(record?.id, 'bf071e1f-6035-429d-b874-d83ea64ea13b')
    assert.match(record?.webUrl ?? '', /^https:\/\/app\.attio\.com\//)
    assert.deepEqual(record?.values['domains'], [])
    assert.equal(record?.values['name']?.[0]?.attributeType, 'text')
    assert.equal(sent[0]?.url.pathname, '/v2/objects/companies/records/query')
    assert.deepEqual(sent[0]?.json(), { filter, sorts, limit: 5, offset: 0 })
  })

  test('query limits are checked, and every record is returned across pages', async () => {
    const { client, sent } = clientOn([data([wireRecord()])])
    await assert.rejects(client.records.query('people', { limit: 0 }), RangeError)
    assert.equal((await Array.fromAsync(client.records.all('people'))).length, 1)
    assert.deepEqual(sent[0]?.json(), { limit: 500, offset: 0 })
  })

  test('a search runs as the workspace or as a member', async () => {
    const found = { ...wireRecord(), record_text: 'Ada', record_image: null, object_slug: 'people' }
    const { client, sent } = clientOn([data([found])])
    const search = { query: 'ada', objects: ['people'] }
    assert.equal((await client.records.search(search))[0]?.text, 'Ada')
    await client.records.search({ ...search, limit: 3, asMember: 'm-1' })
    await client.records.search({ ...search, asMember: 'jo@example.com' })
    const workspace_member_id = 'm-1'
    const email_address = 'jo@example.com'
    assert.deepEqual(
      sent.map((request) => request.json()),
      [
        { ...search, request_as: { type: 'workspace' } },
        { ...search, limit: 3, request_as: { type: 'workspace-member', workspace_member_id } },
        { ...search, request_as: { type: 'workspace-member', email_address } },
      ],
    )
  })

  test('create, update, overwrite, assert and delete use the documented methods', async () => {
    const { client, sent } = clientOn([
      ({ method }) => (method === 'DELETE' ? Response.json({}) : data(wireRecord())),
    ])
    const values = { name: 'Acme' }
    await client.records.create('companies', values)
    await client.records.update('companies', 'r-1', values)
    await client.records.overwrite('companies', 'r-1', values)
    await client.records.assert('companies', 'domains', values)
    await client.records.get('companies', 'r-1')
    await client.records.delete('companies', 'r-1')
    const path = '/v2/objects/companies/records'
    assert.deepEqual(
      sent.map(({ method, url }) => `${method} ${url.pathname}${url.search}`),
      [
        `POST ${path}`,
        `PATCH ${path}/r-1`,
        `PUT ${path}/r-1`,
        `PUT ${path}?matching_attribute=domains`,
        `GET ${path}/r-1`,
        `DELETE ${path}/r-1`,
      ],
    )
    for (const request of sent.slice(0, 4)) assert.deepEqual(request.json(), { data: { values } })
  })
})

describe('notes', () => {
  const filter = { parentObject: 'companies', parentRecordId: 'r-1' }

  test('a note is created as plain text on its record', async () => {
    const { client, sent } = clientOn([data(wireNote())])
    const note = await client.notes.create({ ...filter, title: 'Call', content: 'Two\nlines' })
    assert.equal(note.plaintext, 'She asks for a quote.')
    assert.deepEqual(note.createdBy, { type: 'app', id: 'a0b1c2d3-0000-4000-8000-000000000002' })
    assert.deepEqual(sent[0]?.json(), {
      data: {
        parent_object: 'companies',
        parent_record_id: 'r-1',
        title: 'Call',
        format: 'plaintext',
        content: 'Two\nlines',
      },
    })
  })

  test('RL-09 a create is not sent again after an answer that proves nothing', async () => {
    const { client, sent } = clientOn([refusal(500), data(wireNote())])
    const note = { ...filter, title: 'Call', content: 'Once' }
    await assert.rejects(client.notes.create(note), { status: 500 })
    assert.equal(sent.length, 1)
  })

  test('all notes of a record are read in pages of 50', async () => {
    const all = Array.from({ length: 60 }, (_, index) => wireNote({}, `n-${index}`))
    const { client, sent } = clientOn([data(all.slice(0, 50)), data(all.slice(50))])
    assert.equal((await Array.fromAsync(client.notes.all(filter))).length, 60)
    const record = 'parent_object=companies&parent_record_id=r-1'
    assert.deepEqual(
      sent.map(({ url }) => url.search),
      [`?limit=50&offset=0&${record}`, `?limit=50&offset=50&${record}`],
    )
    await assert.rejects(client.notes.list({ limit: 51 }), RangeError)
  })

  test('a note without a meeting or a known author is read, and a note is deleted', async () => {
    const { meeting_id: _, ...older } = wireNote({ created_by_actor: null })
    const { client, sent } = clientOn([data(older), Response.json({})])
    const note = await client.notes.get(noteId)
    assert.deepEqual([note.meetingId, note.createdBy], [null, null])
    await client.notes.delete('n-1')
    assert.equal(sent[1]?.method, 'DELETE')
  })
})

describe('webhooks', () => {
  test('a create always sends the filter key, and returns the secret', async () => {
    const { client, sent } = clientOn([data(wireWebhook({ secret: '0'.repeat(64) }))])
    const targetUrl = 'https://example.com/webhooks/attio'
    const webhook = await client.webhooks.create({ targetUrl, subscriptions })
    assert.equal(webhook.secret, '0'.repeat(64))
    assert.deepEqual(sent[0]?.json(), {
      data: {
        target_url: targetUrl,
        subscriptions: [{ event_type: 'task.created', filter: null }],
      },
    })
  })

  test('a create answered without a secret is an AttioResponseError', async () => {
    const { client } = clientOn([data(wireWebhook())])
    const webhook = { targetUrl: 'https://example.com', subscriptions }
    await assert.rejects(client.webhooks.create(webhook), { path: 'data.secret' })
  })

  test('the list holds every webhook, read in pages of 100', async () => {
    const all = Array.from({ length: 150 }, (_, index) => wireWebhook({}, `w-${index}`))
    const { client, sent } = clientOn([data(all.slice(0, 100)), data(all.slice(100))])
    assert.equal((await client.webhooks.list()).length, 150)
    assert.deepEqual(
      sent.map(({ url }) => url.search),
      ['?limit=100&offset=0', '?limit=100&offset=100'],
    )
  })

  test('a webhook is fetched, updated and deleted', async () => {
    const filter = { $and: [{ field: 'actor.type', operator: 'equals', value: 'system' }] } as const
    const { client, sent } = clientOn([
      data(wireWebhook({ status: 'degraded' })),
      data(wireWebhook({ subscriptions: [{ event_type: 'future.event', filter }] })),
      Response.json({}),
    ])
    assert.equal((await client.webhooks.get(webhookId)).status, 'degraded')
    const updated = await client.webhooks.update(webhookId, {
      subscriptions: [{ eventType: 'task.created', filter }],
    })
    assert.deepEqual(updated.subscriptions, [{ eventType: 'future.event', filter }])
    assert.deepEqual(sent[1]?.json(), {
      data: { subscriptions: [{ event_type: 'task.created', filter }] },
    })
    await client.webhooks.delete('w-1')
    assert.deepEqual(
      sent.map(({ method }) => method),
      ['GET', 'PATCH', 'DELETE'],
    )
  })
})

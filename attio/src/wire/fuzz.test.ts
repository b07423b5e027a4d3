// RL-19: for every answer, the client returns a value of its type or throws one of its errors.
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { inspect } from 'node:util'
import * as fc from 'fast-check'
import * as answers from '../../testing/answers.ts'
import { type AttioClient, createAttioClient } from '../client.ts'
import { AttioResponseError } from '../errors.ts'
import { readWebhookDelivery } from '../webhooks/delivery.ts'

const canary = 'canary-in-the-body'
const person = answers.wireRecord({
  name: [answers.wireValue('personal-name', { first_name: '', last_name: '', full_name: 'Ada' })],
  stage: [answers.wireValue('status', { status: { title: 'Won' } })],
})
const found = { ...answers.wireRecord(), record_text: 'Ada', record_image: null, object_slug: 'x' }
const secret = '0'.repeat(64)
const subscription = { targetUrl: 'https://example.com', subscriptions: [] }

const calls: [name: string, body: unknown, call: (client: AttioClient) => Promise<unknown>][] = [
  ['self', answers.wireIdentity(), (client) => client.self.identify()],
  ['tasks.list', { data: [answers.wireTask()] }, (client) => client.tasks.list()],
  ['tasks.get', { data: answers.wireTask() }, (client) => client.tasks.get(answers.taskId)],
  ['tasks.delete', {}, (client) => client.tasks.delete('t')],
  ['members', { data: [answers.wireMember()] }, (client) => client.workspaceMembers.list()],
  ['objects', { data: [answers.wireObject()] }, (client) => client.objects.list()],
  [
    'attributes',
    { data: [answers.wireAttribute()] },
    (client) => client.attributes.list('objects', 'people'),
  ],
  ['records', { data: [person] }, (client) => client.records.query('people')],
  [
    'search',
    { data: [found] },
    (client) => client.records.search({ query: 'ada', objects: ['people'] }),
  ],
  ['notes', { data: [answers.wireNote()] }, (client) => client.notes.list()],
  [
    'webhooks',
    { data: answers.wireWebhook({ secret }) },
    (client) => client.webhooks.create(subscription),
  ],
]

/** Returns a valid body with one random node replaced or removed. */
function mutated(body: unknown): fc.Arbitrary<unknown> {
  const paths = pathsIn(body)
  const junk = fc.oneof(
    fc.constantFrom<unknown>(
      undefined,
      null,
      canary,
      '',
      0,
      -1,
      {},
      [],
      [canary],
      true,
      Number.MAX_VALUE,
    ),
    fc.jsonValue({ maxDepth: 2 }),
  )
  return fc
    .record({ path: fc.constantFrom(...paths), value: junk })
    .map(({ path, value }) => replaced(body, path, value))
}

function pathsIn(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null) return [[]]
  const below = Object.entries(value).flatMap(([key, member]) =>
    pathsIn(member).map((path) => [key, ...path]),
  )
  return [[], ...below]
}

function replaced(body: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined || typeof body !== 'object' || body === null) return value
  if (Array.isArray(body)) {
    return body.map((item: unknown, index) =>
      String(index) === key ? replaced(item, rest, value) : item,
    )
  }
  return Object.fromEntries(
    Object.entries(body).map(([name, member]) => [
      name,
      name === key ? replaced(member, rest, value) : member,
    ]),
  )
}

const clientAnswering = (text: string, status = 200) =>
  createAttioClient({
    accessToken: 'token',
    attempts: 1,
    fetch: async () => new Response(text, { status }),
  })

describe('RL-19 mutated bodies', () => {
  for (const [name, body, call] of calls) {
    test(`RL-19 ${name}: a mutated body gives a value or an AttioResponseError without the body`, async () => {
      await call(clientAnswering(JSON.stringify(body)))
      await fc.assert(
        fc.asyncProperty(mutated(body), async (body) => {
          const text = JSON.stringify(body) ?? ''
          const failure = await call(clientAnswering(text)).then(
            () => undefined,
            (error: unknown) => error,
          )
          if (failure === undefined) return
          assert.ok(failure instanceof AttioResponseError, inspect(failure))
          assert.ok(!failure.message.includes(canary), failure.message)
        }),
        { numRuns: 500 },
      )
    })

    test(`RL-19 ${name}: a body that is not JSON is an AttioResponseError`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.string({ unit: 'binary-ascii', minLength: 1 }), async (text) => {
          fc.pre(!isJson(text))
          await assert.rejects(call(clientAnswering(text)), {
            name: 'AttioResponseError',
            expectation: 'expected JSON',
          })
        }),
        { numRuns: 50 },
      )
    })
  }

  test('RL-19 every missing documented member is reported with its path', async () => {
    for (const key of Object.keys(answers.wireTask())) {
      if (key === 'completed_at' || key === 'created_by_actor') continue
      const rest = { ...answers.wireTask(), [key]: undefined }
      const call = clientAnswering(JSON.stringify({ data: [rest] })).tasks.list()
      await assert.rejects(call, { name: 'AttioResponseError', path: `data.0.${key}` })
    }
  })

  test('RL-19 unknown members are ignored, even those with special names', async () => {
    const text = JSON.stringify({ data: [answers.wireTask({ future: 1, constructor: 2 })] })
    const polluted = text.replace('"future"', '"__proto__":{"isCompleted":true},"future"')
    const { tasks } = await clientAnswering(polluted).tasks.list()
    assert.equal(tasks[0]?.isCompleted, false)
    assert.equal(Object.hasOwn(Object.prototype, 'isCompleted'), false)
  })

  test('RL-19 a body nested a hundred thousand levels deep does not crash the client', async () => {
    for (const text of ['['.repeat(1e5), `{"data":${'['.repeat(1e5)}${']'.repeat(1e5)}}`]) {
      await assert.rejects(clientAnswering(text).tasks.list(), AttioResponseError)
    }
  })

  test('RL-19 a mutated webhook delivery is read or unreadable, never a crash', () => {
    const id = { workspace_id: 'w', task_id: 't' }
    const event = { event_type: 'task.updated', id, actor: { type: 'system', id: null } }
    const body = { webhook_id: 'h', events: [event] }
    fc.assert(
      fc.property(
        fc.oneof(
          mutated(body).map((body) => JSON.stringify(body) ?? ''),
          fc.string(),
        ),
        (text) => {
          const delivery = readWebhookDelivery(text)
          assert.ok(delivery.kind === 'delivery' || !delivery.expectation.includes(canary))
        },
      ),
      { numRuns: 1_000 },
    )
  })
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

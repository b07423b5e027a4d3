import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refusal } from '../testing/answers.ts'
import { clientOn } from '../testing/client.ts'
import { type AttioClientOptions, createAttioClient } from './client.ts'
import { AttioNetworkError, isAttioFailure } from './errors.ts'

test('without further options a client uses the platform’s fetch and the real Attio', async (t) => {
  const seen: unknown[] = []
  t.mock.method(globalThis, 'fetch', async (url: unknown) => {
    seen.push(url)
    return Response.json({ data: [] })
  })
  await createAttioClient({ accessToken: 'token' }).tasks.list({ limit: 1 })
  assert.deepEqual(seen, ['https://api.attio.com/v2/tasks?limit=1'])
})

const unusable: [name: string, options: Partial<AttioClientOptions>][] = [
  ['no attempt', { attempts: 0 }],
  ['half an attempt', { attempts: 1.5 }],
  ['no time', { deadlineMs: 0 }],
  ['a time that is no number', { deadlineMs: NaN }],
  ['longer than a timer can count', { deadlineMs: 2 ** 31 }],
  ['an endless wait', { maxWaitMs: Infinity }],
  ['an Attio over plain http', { endpoints: { app: 'http://a.example', api: 'http://a.example' } }],
]
for (const [name, options] of unusable) {
  test(`a client with ${name} is refused at once`, () => {
    assert.throws(() => createAttioClient({ accessToken: 'token', ...options }), TypeError)
  })
}

test('a client with one attempt does not retry', async () => {
  const { client, sent } = clientOn([refusal(503)], { attempts: 1 })
  await assert.rejects(client.self.identify(), { status: 503 })
  assert.equal(sent.length, 1)
})

test('isAttioFailure is true only for Attio failures', async () => {
  const { client } = clientOn([refusal(404)])
  const refused: unknown = await client.tasks.get('t').catch((error: unknown) => error)
  assert.ok(isAttioFailure(refused) && refused.kind === 'api')
  assert.ok(isAttioFailure(new AttioNetworkError('GET /', undefined)))
  const misused: unknown = await client.tasks.get('').catch((error: unknown) => error)
  for (const other of [misused, undefined, { kind: 'api' }, new Error('x')]) {
    assert.equal(isAttioFailure(other), false)
  }
})

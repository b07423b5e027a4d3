import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Hono } from 'hono'
import { createTestClock } from '../../support/clock.ts'
import { createIds } from '../../support/ids.ts'
import { createTestLogger } from '../../support/logger.ts'
import { createTestRandomBytes } from '../../support/random.ts'
import type { WebEnv } from '../web-parts.ts'
import { requestLog } from './request-log.ts'

suite('the request log', () => {
  test('a request is logged as one line with method, path, status and duration', async () => {
    const { line } = await log('/tasks', { method: 'POST' })
    assert.equal(line['event'], 'web.request')
    assert.deepEqual(
      [line['method'], line['path'], line['status'], line['ms']],
      ['POST', '/tasks', 201, 250],
    )
  })

  test('the response has the request ID of its log line', async () => {
    const { line, response } = await log('/tasks')
    assert.equal(response.headers.get('x-request-id'), line['requestId'])
  })

  test('neither the query nor the cookie of a request is logged', async () => {
    const { text } = await log('/integrations/attio/callback?code=c0de&state=5tate', {
      headers: { cookie: 'taskr_session=5e551on' },
    })
    assert.doesNotMatch(text, /c0de|5tate|5e551on/)
  })

  test("the key in a webhook's address is not logged, however the address is spelled", async () => {
    for (const path of ['/webhooks/attio/k3y', '//Webhooks/attio/k3y']) {
      const { text } = await log(path)
      assert.doesNotMatch(text, /k3y/)
    }
  })

  test('a long path is truncated', async () => {
    const { line } = await log(`/${'x'.repeat(5_000)}`)
    assert.equal(String(line['path']).length, 200)
  })
})

async function log(path: string, init: RequestInit = {}) {
  const clock = createTestClock()
  const logger = createTestLogger(clock)
  const ids = createIds(clock, createTestRandomBytes('request log'))
  const app = new Hono<WebEnv>()
    .use(requestLog({ clock, ids, logger }))
    .all('*', async (context) => {
      await clock.advance(250)
      return context.text('made', 201)
    })
  const response = await app.fetch(new Request(`http://localhost:3050${path}`, init))
  const [text = ''] = logger.lines
  assert.equal(logger.lines.length, 1)
  const line: unknown = JSON.parse(text)
  assert.ok(isRecord(line))
  return { text, line, response }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

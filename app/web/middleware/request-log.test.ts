import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Hono } from 'hono'
import { createTestClock } from '../../support/clock.ts'
import { createIds } from '../../support/ids.ts'
import { createTestLogger } from '../../support/logger.ts'
import { createTestRandomBytes } from '../../support/random.ts'
import { createTestSite } from '../../../testing/in-process/test-site.ts'
import { noTracing } from '../../tracing/tracing.ts'
import type { WebEnv } from '../web-parts.ts'
import { createRequestLog, requestLog } from './request-log.ts'

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

  test('a logged path has only Taskr’s own words and IDs', async () => {
    for (const path of [
      '/password-reset/s3cret',
      '/join;s3cret',
      '/Join%2Fs3cret',
      '/webhooks%2Fattio/s3cret',
      '/integrations/attio/callback;code=s3cret',
      '/integrations/attio/callback%3Fcode=s3cret',
      '/settings/s3cret/sessions',
      '/s3cret',
    ]) {
      const { text } = await log(path)
      assert.doesNotMatch(text, /s3cret/, path)
    }
    const uuid = '01a207c7-bbe0-739c-b85f-399af22f57a0'
    const task = `/tasks/${uuid}/${uuid}/completion`
    assert.equal((await log(task)).line['path'], task)
    assert.equal((await log('/settings/nowhere')).line['path'], '/settings/…')
  })

  const trace = { traceId: '4bf92f3577b34da6a3ce929d0e0e4736', parentSpanId: '00f067aa0ba902b7' }
  const traceparent = `00-${trace.traceId}-${trace.parentSpanId}-01`

  test('a trusted proxy names the request and its trace', async () => {
    const headers = { 'x-request-id': 'f7e1-4c.proxy:12', traceparent }
    const { line, response } = await log('/tasks', { headers }, 1)
    assert.equal(line['requestId'], 'f7e1-4c.proxy:12')
    assert.equal(response.headers.get('x-request-id'), 'f7e1-4c.proxy:12')
    assert.deepEqual([line['traceId'], line['parentSpanId']], Object.values(trace))
    const later = { traceparent: `cc-${trace.traceId}-${trace.parentSpanId}-01-more` }
    assert.equal((await log('/', { headers: later }, 1)).line['traceId'], trace.traceId)
  })

  test('without a trusted proxy, or with malformed IDs, the request has an ID of Taskr’s own and no trace', async () => {
    const none = async (headers: Record<string, string>, proxies: number) => {
      const { line } = await log('/tasks', { headers }, proxies)
      assert.match(String(line['requestId']), /^[\da-f-]{36}$/)
      assert.deepEqual([line['traceId'], line['parentSpanId']], [undefined, undefined])
    }
    await none({ 'x-request-id': 'f7e1-4c.proxy:12', traceparent }, 0)
    for (const id of ['short', 'x'.repeat(101), 'a b c d e f', '<script>12', 'código-123']) {
      await none({ 'x-request-id': id }, 1)
    }
    for (const bad of [
      `ff-${trace.traceId}-${trace.parentSpanId}-01`,
      `00-${'0'.repeat(32)}-${trace.parentSpanId}-01`,
      `00-${trace.traceId}-${'0'.repeat(16)}-01`,
      `00-${trace.traceId.toUpperCase()}-${trace.parentSpanId}-01`,
      `${traceparent}-more`,
      `00-${trace.traceId}-${trace.parentSpanId}`,
      '00',
    ]) {
      await none({ traceparent: bad }, 1)
    }
  })

  test('a long path is truncated', async () => {
    const { line } = await log('/tasks'.repeat(100))
    assert.equal(String(line['path']).length, 200)
  })
})

async function log(path: string, init: RequestInit = {}, trustedProxies = 0) {
  const clock = createTestClock()
  const logger = createTestLogger(clock)
  const ids = createIds(clock, createTestRandomBytes('request log'))
  const site = { ...createTestSite('http://localhost:3050'), trustedProxies }
  const app = new Hono<WebEnv>()
    .use(requestLog(createRequestLog({ clock, ids, logger, site, tracing: noTracing }), { clock }))
    .all('*', async (context) => {
      await clock.advance(250)
      return context.text('made', 201)
    })
  const response = await app.fetch(new Request(`http://localhost:3050${path}`, init), {})
  const [text = ''] = logger.lines
  assert.equal(logger.lines.length, 1)
  const line: unknown = JSON.parse(text)
  assert.ok(isRecord(line))
  return { text, line, response }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

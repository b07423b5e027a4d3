import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Hono } from 'hono'
import type { WebEnv } from '../web-parts.ts'
import { limitBody } from './limit-body.ts'

suite('the limit on bodies', () => {
  test('a body of exactly the largest size is read', async () => {
    assert.deepEqual(await send('x'.repeat(10), { 'content-length': '10' }), [200, 'xxxxxxxxxx'])
  })

  test('a body with a larger declared length is refused before it is read', async () => {
    assert.deepEqual(await send('x', { 'content-length': '11' }), [413, 'too large'])
  })

  test('a declared length that is not a number is refused', async () => {
    assert.deepEqual(await send('x', { 'content-length': 'ten' }), [413, 'too large'])
  })

  test('a body without a declared length is counted as it arrives', async () => {
    assert.deepEqual(await send(streamOf('xxxxxx', 'xxxxxx')), [413, 'too large'])
    assert.deepEqual(await send(streamOf('xxxx', 'xxxx')), [200, 'xxxxxxxx'])
  })

  test('a chunked body with a declared length is counted as it arrives', async () => {
    const headers = { 'content-length': '1', 'transfer-encoding': 'chunked' }
    assert.deepEqual(await send(streamOf('xxxxxx', 'xxxxxx'), headers), [413, 'too large'])
  })
})

async function send(
  body: string | ReadableStream<Uint8Array<ArrayBuffer>>,
  headers: Record<string, string> = {},
): Promise<[number, string]> {
  const app = new Hono<WebEnv>()
    .use(limitBody(10, (context) => context.text('too large', 413)))
    .post('/', async (context) => context.text(await context.req.text()))
  const init = { method: 'POST', body, headers, duplex: 'half' }
  const request = new Request('http://localhost/', init)
  const response = await app.fetch(request)
  return [response.status, await response.text()]
}

function streamOf(...parts: readonly string[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start: (controller) => {
      for (const part of parts) controller.enqueue(new TextEncoder().encode(part))
      controller.close()
    },
  })
}

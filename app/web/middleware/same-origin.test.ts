import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Hono } from 'hono'
import type { WebEnv } from '../web-parts.ts'
import { createTestSite } from '../../../testing/in-process/test-site.ts'
import { sameOrigin } from './same-origin.ts'

const ours = 'https://taskr.example.com'
const theirs = 'https://evil.example'

suite('the same-origin rule', () => {
  for (const [title, headers] of [
    ['from a page of Taskr', { 'sec-fetch-site': 'same-origin', origin: ours }],
    ['that a person typed or reloaded', { 'sec-fetch-site': 'none' }],
    ['from an old browser, with the origin of Taskr', { origin: ours }],
  ] as const) {
    test(`a POST ${title} is answered`, async () => {
      assert.equal(await send('POST', headers), 200)
    })
  }

  for (const [title, headers] of [
    ['from another site', { 'sec-fetch-site': 'cross-site', origin: theirs }],
    ['from another host of the same domain', { 'sec-fetch-site': 'same-site', origin: ours }],
    ['without any proof of where it comes from', {}],
    ['with an opaque origin', { origin: 'null' }],
    ['whose origin only begins like ours', { origin: `${ours}.evil.example` }],
    [
      'that claims to be typed and carries a foreign origin',
      { 'sec-fetch-site': 'none', origin: theirs },
    ],
  ] as const) {
    test(`a POST ${title} is refused as cross-site`, async () => {
      assert.equal(await send('POST', headers), 'cross-site')
    })
  }

  test('safe methods are allowed from every site', async () => {
    for (const method of ['GET', 'OPTIONS'])
      assert.equal(await send(method, { 'sec-fetch-site': 'cross-site', origin: theirs }), 200)
  })

  test('every unsafe method is refused from another site', async () => {
    for (const method of ['PUT', 'PATCH', 'DELETE', 'PROPFIND'])
      assert.equal(await send(method, { 'sec-fetch-site': 'cross-site' }), 'cross-site')
  })
})

async function send(
  method: string,
  headers: Readonly<Record<string, string>>,
): Promise<number | string> {
  const app = new Hono<WebEnv>()
    .use(sameOrigin(createTestSite(ours)))
    .all('/', (context) => context.text('answered'))
  app.onError((error, context) => context.text(error.message, 403))
  const response = await app.fetch(new Request(ours, { method, headers }))
  return response.status === 200 ? 200 : await response.text()
}

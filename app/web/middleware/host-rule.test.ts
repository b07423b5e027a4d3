import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { Hono } from 'hono'
import type { WebEnv } from '../web-parts.ts'
import { createTestSite } from '../../../testing/in-process/test-site.ts'
import { hostRule } from './host-rule.ts'

const local = 'http://localhost:3050'

suite('the host rule', () => {
  test('a request to the public address is answered', async () => {
    assert.deepEqual(await get(local, `${local}/login`), { status: 200 })
  })

  test('a host name that another site points at this machine is refused', async () => {
    const refused = { status: 421, problem: 'wrong-host' }
    assert.deepEqual(await get(local, 'http://rebound.example:3050/login'), refused)
  })

  test('a page requested under another name of this machine is redirected with path and query', async () => {
    assert.deepEqual(await get(local, 'http://127.0.0.1:3050/login?next=%2F'), {
      status: 307,
      location: `${local}/login?next=%2F`,
    })
  })

  test('OA-14 no path requested under another name of this machine leads to another host', async () => {
    for (const path of [
      '//evil.example',
      '///evil.example/',
      '//evil.example/%2e%2e',
      '//evil.example:99999/',
      '/.//evil.example',
      '/..//evil.example',
      '/login/..//evil.example',
      '/\\\\evil.example',
      '//user:word@evil.example/?x#y',
      '//[/',
    ]) {
      const { status, location = '' } = await get(local, `http://127.0.0.1:3050${path}`)
      assert.equal(status, 307, path)
      assert.ok(location.startsWith(`${local}/`), `${path} leads to ${location}`)
      assert.equal(new URL(location).origin, local)
    }
  })

  test('a form sent to another name of this machine is refused, since its session is elsewhere', async () => {
    const refused = { status: 421, problem: 'wrong-host' }
    for (const method of ['POST', 'PUT', 'DELETE']) {
      assert.deepEqual(await get(local, 'http://127.0.0.1:3050/login', method), refused)
      assert.deepEqual(await get(local, 'http://[::1]:3050/login', method), refused)
    }
    assert.deepEqual(await get(local, `${local}/login`, 'POST'), { status: 200 })
  })

  test('behind a proxy every host is answered', async () => {
    const answered = await get('https://taskr.example.com', 'http://10.0.0.7:3050/login')
    assert.deepEqual(answered, { status: 200 })
  })
})

async function get(publicUrl: string, url: string, method = 'GET') {
  const app = new Hono<WebEnv>()
    .use(hostRule(createTestSite(publicUrl)))
    .all('*', (context) => context.text('answered'))
  app.onError((error, context) => context.text(error.message, 421))
  const response = await app.fetch(new Request(url, { method }))
  const location = response.headers.get('location')
  return {
    status: response.status,
    ...(location === null ? {} : { location }),
    ...(response.status === 421 ? { problem: await response.text() } : {}),
  }
}

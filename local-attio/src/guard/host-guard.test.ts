import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import { suite, test, type TestContext } from 'node:test'
import { startLocalAttio, type StartOptions } from '../start.ts'

suite('host guard', () => {
  test('a page that rebinds its own name to this machine is refused', async (t) => {
    const { ask, attio } = await start(t)
    const host = `rebound.evil.example:${attio.port}`
    const asSamePage = { origin: `http://${host}`, 'sec-fetch-site': 'same-origin' }
    for (const [method, path] of [
      ['GET', '/'],
      ['GET', '/sign-in'],
      ['POST', '/sign-in'],
      ['GET', '/authorize'],
      ['POST', '/authorize'],
      ['GET', '/developers'],
      ['POST', '/developers/new-app'],
      ['GET', '/workspaces/acme'],
      ['POST', '/oauth/token'],
      ['POST', '/oauth/introspect'],
      ['GET', '/v2/self'],
      ['POST', '/v2/webhooks'],
      ['GET', '/_control'],
      ['GET', '/_control/world'],
      ['PUT', '/_control/apps'],
      ['GET', '/assets/local-attio.css'],
      ['GET', '/no-such-page'],
    ] as const) {
      const answer = await ask(method, path, { host, ...asSamePage })
      assert.equal(answer.status, 403, path)
      assert.match(answer.text, /does not answer as/, path)
    }
    assert.equal(attio.control.journal.count(), 0)
    assert.equal(attio.control.world.sessions.size, 0)
  })

  test('a request under a foreign name does not use up a fault', async (t) => {
    const { ask, attio } = await start(t)
    attio.control.faults.add({ path: '/v2/self', count: 1, answer: { status: 503 } })
    await ask('GET', '/v2/self', { host: 'evil.example' })
    assert.equal((await ask('GET', '/v2/self', { host: 'localhost' })).status, 503)
  })

  test('names and addresses of this machine are answered', async (t) => {
    const { ask, attio } = await start(t)
    const { port } = attio
    for (const host of ['localhost', 'attio.localhost', '127.0.0.1', '[::1]', '192.168.1.7']) {
      assert.equal((await ask('GET', '/_control/world', { host: `${host}:${port}` })).status, 200)
    }
    for (const host of ['localhost.evil.example', 'evil.example', '127.0.0.1.evil.example']) {
      assert.equal((await ask('GET', '/', { host: `${host}:${port}` })).status, 403, host)
    }
  })

  test('an allowed name and the origin’s name are answered', async (t) => {
    const { ask } = await start(t, { allowedHosts: ['attio'], origin: 'http://attio.test:3060' })
    assert.equal((await ask('GET', '/', { host: 'attio:3060' })).status, 200)
    assert.equal((await ask('GET', '/', { host: 'attio.test:3060' })).status, 200)
    assert.equal((await ask('GET', '/', { host: 'other:3060' })).status, 403)
  })
})

async function start(t: TestContext, options: StartOptions = {}) {
  const attio = await startLocalAttio({ port: 0, ...options })
  t.after(() => attio.stop())
  const ask = async (method: string, path: string, headers: Record<string, string>) => {
    const asked = request({ port: attio.port, host: '127.0.0.1', method, path, headers })
    const { promise, resolve, reject } = Promise.withResolvers<{ status?: number; text: string }>()
    asked.on('error', reject)
    asked.on('response', (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => (text += part))
      once(answer, 'end').then(() => resolve({ status: answer.statusCode ?? 0, text }), reject)
    })
    asked.end()
    return promise
  }
  return { attio, ask }
}

import assert from 'node:assert/strict'
import { request } from 'node:http'
import { suite, test } from 'node:test'
import { createTestAttio } from '../for-tests.ts'
import { startLocalAttio } from '../start.ts'
import { problemWithCaller } from './control-guard.ts'

suite('who may steer the server', () => {
  const attio = createTestAttio()
  const { faults } = attio.control
  const post = (headers: Record<string, string>) =>
    attio.fetch(`${attio.origin}/_control/faults`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ answer: { status: 503 } }),
    })

  test('no page of another site', async () => {
    for (const headers of [
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ]) {
      assert.equal((await post(headers)).status, 403, JSON.stringify(headers))
    }
    assert.equal(faults.list().length, 0)
  })

  test('programs, and this server’s own pages', async () => {
    for (const headers of [{}, { 'sec-fetch-site': 'same-origin' }, { origin: attio.origin }]) {
      assert.equal((await post(headers)).status, 201, JSON.stringify(headers))
    }
    faults.clear()
  })

  test('a link from elsewhere may lead to the page, but nothing from elsewhere may read it', async () => {
    const status = async (mode: string) => {
      const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': mode }
      return (await attio.fetch(`${attio.origin}/_control/world`, { headers })).status
    }
    assert.equal(await status('navigate'), 200)
    assert.equal(await status('cors'), 403)
    assert.equal(await status('no-cors'), 403)
  })

  test('nobody on another machine', () => {
    const here = ['in-process', '127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1']
    for (const address of here) assert.equal(problemWithCaller(address), undefined, address)
    for (const address of [
      '192.168.1.7',
      '10.0.0.1',
      '::ffff:192.168.1.7',
      'fe80::1',
      '1.127.0.1',
      '',
    ]) {
      assert.match(problemWithCaller(address) ?? '', /from its own machine only/, address)
    }
  })

  test('nobody who calls this machine by a name of their own', async (t) => {
    const attio = await startLocalAttio({ port: 0 })
    t.after(() => attio.stop())
    const statusOf = (host: string, path: string): Promise<number | undefined> => {
      const { promise, resolve, reject } = Promise.withResolvers<number | undefined>()
      const asked = request({ port: attio.port, host: '127.0.0.1', path, headers: { host } })
      asked.on('error', reject)
      asked.on('response', (answer) => {
        answer.resume()
        resolve(answer.statusCode)
      })
      asked.end()
      return promise
    }
    for (const path of ['/_control', '/_control/world']) {
      assert.equal(await statusOf('rebound.evil.example', path), 403)
      assert.equal(await statusOf(`localhost:${attio.port}`, path), 200)
      assert.equal(await statusOf(`127.0.0.1:${attio.port}`, path), 200)
    }
  })
})

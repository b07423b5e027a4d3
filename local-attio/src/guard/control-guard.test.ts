import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createTestAttio } from '../for-tests.ts'
import { buildLocalAttio } from '../local-attio.ts'
import { isLoopbackCaller } from './control-guard.ts'

suite('control guard', () => {
  const attio = createTestAttio()
  const { faults } = attio.control
  const post = (headers: Record<string, string>) =>
    attio.fetch(`${attio.origin}/_control/faults`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ answer: { status: 503 } }),
    })

  test('a page of another site is refused', async () => {
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

  test('programs and this server’s own pages are allowed', async () => {
    for (const headers of [{}, { 'sec-fetch-site': 'same-origin' }, { origin: attio.origin }]) {
      assert.equal((await post(headers)).status, 201, JSON.stringify(headers))
    }
    faults.clear()
  })

  test('a link from another site opens the page, but a script from another site cannot read it', async () => {
    const status = async (mode: string) => {
      const headers = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': mode }
      return (await attio.fetch(`${attio.origin}/_control/world`, { headers })).status
    }
    assert.equal(await status('navigate'), 200)
    assert.equal(await status('cors'), 403)
    assert.equal(await status('no-cors'), 403)
  })

  test('a caller on another machine is refused', () => {
    const here = ['in-process', '127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1']
    for (const address of here) assert.equal(isLoopbackCaller(address), true, address)
    for (const address of [
      '192.168.1.7',
      '10.0.0.1',
      '::ffff:192.168.1.7',
      'fe80::1',
      '1.127.0.1',
      '',
    ]) {
      assert.equal(isLoopbackCaller(address), false, address)
    }
  })

  test('a caller in an allowed range may use the control API, other callers may not', async () => {
    const { server } = buildLocalAttio({ allowControlFrom: ['172.16.0.0/12'] })
    const statusFor = async (address: string) => {
      const request = new Request('http://localhost:3060/_control/clock')
      return (await server.answer(request, { address, takesBytes: false })).response.status
    }
    assert.equal(await statusFor('172.17.0.1'), 200)
    assert.equal(await statusFor('::ffff:172.17.0.1'), 200)
    assert.equal(await statusFor('192.168.1.7'), 403)
  })
})

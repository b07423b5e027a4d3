import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestAttio } from '../for-tests.ts'

test('a revoked token is inactive everywhere', async () => {
  const attio = createTestAttio()
  const revoked = await attio.call('POST', '/oauth/revoke')
  assert.equal(revoked.status, 204)
  assert.equal(revoked.body, '')
  assert.deepEqual((await attio.call('GET', '/v2/self')).body, { active: false })
  assert.deepEqual((await attio.call('POST', '/oauth/introspect')).body, { active: false })
  const tasks = await attio.call('GET', '/v2/tasks')
  assert.equal(tasks.status, 401)
})

test('a token can be revoked by a form, but two that differ are refused', async () => {
  const attio = createTestAttio()
  const url = `${attio.origin}/oauth/revoke`
  const headers = { authorization: `Bearer ${attio.token}` }
  const other = new URLSearchParams({ token: 'f'.repeat(64) })
  const differing = await attio.fetch(url, { method: 'POST', headers, body: other })
  assert.equal(differing.status, 400)
  assert.equal((await attio.post('/oauth/revoke', {})).status, 400)
  assert.equal((await attio.post('/oauth/revoke', { token: attio.token })).status, 204)
  assert.deepEqual((await attio.call('GET', '/v2/self')).body, { active: false })
})

test('an address may revoke fifty tokens a minute', async () => {
  const attio = createTestAttio()
  const revoke = async () => (await attio.post('/oauth/revoke', { token: 'f'.repeat(64) })).status
  const statuses = new Set<number>()
  for (let count = 0; count < 50; count += 1) statuses.add(await revoke())
  assert.deepEqual([...statuses], [204])
  assert.equal(await revoke(), 429)
  await attio.control.clock.advance(60_000)
  assert.equal(await revoke(), 204)
})

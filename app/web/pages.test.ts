import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createWorld } from '../../testing/in-process/testbed.ts'

test('OA-14 a toast on an address that looks like another host does not link there', async () => {
  await using world = await createWorld()
  const addresses = ['//evil.example', '/\\evil.example', '/.//evil.example', '///evil.example/x']
  for (const [number, address] of addresses.entries()) {
    const jo = await world.signedUp(`jo-${number}`)
    await jo.post('/settings/time-zone', { timeZone: 'Europe/Paris' })
    assert.ok(jo.cookies.has('taskr_toast'))
    const url = new URL('http://localhost:3050/')
    const { body } = await jo.send(
      new Request(`${url.origin}${address}`, { headers: { 'sec-fetch-site': 'none' } }),
    )
    assert.match(body, /Europe\/Paris/)
    assert.doesNotMatch(body, /href="[^"]*evil/)
  }
})

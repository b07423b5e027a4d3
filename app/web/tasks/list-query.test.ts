import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createWorld } from '../../../testing/in-process/testbed.ts'

test('a NUL in a search is left out, since HTML has none', async () => {
  await using world = await createWorld()
  const jo = await world.connected()
  const { body, status } = await jo.get('/?q=um%00brella%00')
  assert.equal(status, 200)
  assert.match(body, /value="umbrella"/)
  assert.ok(!body.includes('\0'))
})

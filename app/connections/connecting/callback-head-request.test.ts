// Regression: a HEAD request once reached the callback's handler and connected.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { taskrOrigin, approve, createWorld } from '../../../testing/in-process/testbed.ts'

test('OA-12 a HEAD of the callback consumes nothing: the GET after it still connects', async () => {
  const world = await createWorld()
  try {
    const jo = await world.signedUp()
    const back = await approve(world.attio, jo)
    const head = await jo.send(new Request(taskrOrigin + back, { method: 'HEAD' }))
    assert.equal(head.status, 405)
    assert.equal(head.headers.get('allow'), 'GET')
    assert.equal(head.headers.get('referrer-policy'), 'no-referrer')
    assert.equal(world.attio.control.journal.count({ path: '/oauth/token' }), 0)
    assert.equal((await jo.get(back)).location, '/')
    assert.equal(world.attio.control.journal.count({ path: '/oauth/token' }), 1)
    await world.taskr.idle()
  } finally {
    await world.close()
  }
})

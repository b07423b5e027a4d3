import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { connect, createWorld } from '../../testing/in-process/testbed.ts'

suite('TASKR_ROLE', () => {
  test('a web node connects a workspace and leaves its sync to workers', async () => {
    await using world = await createWorld({ environment: { TASKR_ROLE: 'web' } })
    const jo = await world.signedUp()
    assert.equal((await connect(world.attio, jo)).status, 303)
    assert.equal((await jo.get('/')).status, 200)
    await world.taskr.idle()
    assert.equal(world.attio.control.journal.count({ path: '/v2/tasks' }), 0)
  })

  test('a worker serves no pages, and tells whether it is alive and ready', async () => {
    await using world = await createWorld({ environment: { TASKR_ROLE: 'worker' } })
    const visitor = world.browser()
    for (const path of ['/', '/login', '/settings']) {
      assert.equal((await visitor.get(path)).status, 404, path)
    }
    assert.equal((await visitor.get('/healthz')).status, 200)
    assert.equal((await visitor.get('/readyz')).status, 200)
  })

  test('a node without a role serves pages and syncs', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp()
    await connect(world.attio, jo)
    await world.taskr.idle()
    assert.ok(world.attio.control.journal.count({ path: '/v2/tasks' }) > 0)
  })
})

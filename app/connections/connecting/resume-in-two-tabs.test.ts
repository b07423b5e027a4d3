// Regression: of two tabs that came back from Attio signed out, one was lost after signing in.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import { approve, createWorld, password } from '../../../testing/in-process/testbed.ts'

onEachEngine('two tabs that come back signed out', (_, engine) => {
  test('OA-10 OA-29 two tabs that came back signed out are both finished after signing in', async () => {
    await using world = await createWorld({ databaseUrl: await engine.createMigratedUrl() })
    const jo = await world.signedUp()
    const backs = [
      await approve(world.attio, jo, { workspace: 'acme' }),
      await approve(world.attio, jo, { workspace: 'globex' }),
    ]
    await jo.post('/logout')
    for (const back of backs) {
      assert.equal((await jo.get(back)).location, '/login?reason=finish-connecting')
    }
    const entered = await jo.post('/login', { username: 'jo', password })
    assert.equal(entered.location, '/integrations/attio/resume')
    const first = await jo.post('/integrations/attio/resume')
    assert.equal(first.location, '/integrations/attio/resume')
    const second = await jo.post('/integrations/attio/resume')
    assert.equal(second.location, '/')
    await world.taskr.idle()
    const page = await jo.get('/connections')
    assert.match(page.body, /Acme Robotics/)
    assert.match(page.body, /Globex/)
    const third = await jo.post('/integrations/attio/resume')
    assert.equal(third.status, 400)
  })
})

// The audit log page shows the events of the account and of its connections, from every part of Taskr.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import { connectionIdsIn, wordsOf } from '../../../testing/in-process/page-text.ts'
import { connect, createWorld, password } from '../../../testing/in-process/testbed.ts'

onEachEngine('the audit log', (_, engine) => {
  test('H-35 16.3.1 the page lists every sign-in, connect, refused callback, revocation and key change, newest first, without secrets', async () => {
    await using world = await createWorld({ databaseUrl: await engine.createMigratedUrl() })
    const jo = await world.connected()
    await jo.get('/integrations/attio/callback?code=forged&state=forged')
    await connect(world.attio, jo, { decision: 'deny' })
    await jo.post('/logout')
    await jo.post('/login', { username: 'jo', password: 'not my password at all' })
    await jo.post('/login', { username: 'jo', password })
    await world.clock.advance(60_000)
    const fresh = `k2:${randomBytes(32).toString('base64url')}`
    await world.restart({ TASKR_KEYS: `${fresh},${world.environment['TASKR_KEYS']}` })
    world.taskr.startWorking()
    await until(async () => /Encryption key/.test((await jo.get('/events')).body))
    const [id = ''] = await connectionIdsIn(jo)
    const [token = ''] = world.attio.control.world.accessTokens.all().map((one) => one.id)
    await jo.post(`/connections/${id}/disconnection`)
    const { body } = await jo.get('/events')
    const words = wordsOf(body)
    const expected = [
      'Access token revoked for Acme Robotics',
      'Disconnected Acme Robotics',
      'Encryption key changed for Acme Robotics',
      'Logged in',
      'Log-in refused',
      'Logged out',
      'Connection refused after returning from Attio',
      'Connection refused after returning from Attio',
      'Connected Acme Robotics',
      'Signed up',
    ]
    let at = 0
    for (const event of expected) {
      const found = words.indexOf(event, at)
      assert.ok(found >= 0, `${event} in ${words}`)
      at = found + event.length
    }
    for (const secret of [token, fresh.slice(3), password]) assert.ok(!body.includes(secret))
  })
})

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let turn = 0; turn < 500; turn++) {
    if (await isSo()) return
    await new Promise((resolve) => setImmediate(resolve))
  }
  assert.fail('It never was so.')
}

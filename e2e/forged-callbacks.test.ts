import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { onEachEngine } from '../app/database/for-tests.ts'
import type { Browser } from './browser.ts'
import { createForger } from './forged-callbacks.ts'
import { connectionsIn } from './pages.ts'
import { approve, createWorld, type World } from './world.ts'

/** More of them: FORGED_CALLBACKS=1000000 node --test e2e/forged-callbacks.test.ts */
const forgedCallbacks = Number(process.env['FORGED_CALLBACKS'] ?? 10_000)

const callback = '/integrations/attio/callback'

onEachEngine('forged callbacks', (_open, engine) => {
  const count = engine.name === 'sqlite' ? forgedCallbacks : Math.ceil(forgedCallbacks / 20)

  test(`OA-01 OA-12 OA-13 H-38 H-44 ${count} forged callbacks send nothing to Attio, link nothing and end nothing`, async () => {
    await using world = await createWorld({ databaseUrl: await engine.createMigratedUrl() })
    const [victim, attacker] = [await world.signedUp('victim'), await world.signedUp('attacker')]
    const [own, foreign] = [
      await approve(world.attio, victim),
      await approve(world.attio, attacker),
    ]
    const senders = [victim, world.browser(), withFlowCookiesOf(attacker, world)]
    const forge = createForger('forged', {
      ownState: parameter(own, 'state'),
      foreignState: parameter(foreign, 'state'),
      foreignCode: parameter(foreign, 'code'),
    })
    for (let sent = 0; sent < count; sent++) {
      const query = forge()
      const sender = senders[sent % senders.length] ?? victim
      const { status } = await sender.get(`${callback}?${query}`)
      assert.ok(status === 400 || status === 403, `${status} for ${query}`)
    }
    assert.equal(world.sent('/oauth/token'), 0)
    assert.equal(await connectionsIn(victim), 0)
    assert.equal(await connectionsIn(attacker), 0)
    assert.equal((await victim.get(own)).status, 303)
    assert.equal(await connectionsIn(victim), 1)
  })
})

suite('callbacks of odd shapes', () => {
  test('OA-01 a state of a megabyte is refused at once', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp()
    const answer = await jo.get(`${callback}?code=a&state=${'s'.repeat(2 ** 20)}`)
    assert.equal(answer.status, 400)
    assert.ok(answer.body.length < 20_000)
    assert.equal(world.sent('/oauth/token'), 0)
  })

  test('OA-12 only a GET is a callback, and only its query counts', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp()
    const back = await approve(world.attio, jo)
    const posted = await jo.post(callback, back.slice(back.indexOf('?') + 1))
    assert.equal(posted.status, 405)
    assert.equal(posted.headers.get('allow'), 'GET, HEAD')
    assert.equal((await jo.post(back, {})).status, 405)
    assert.equal(world.sent('/oauth/token'), 0)
  })
})

/** A browser into which an attacker has planted what belongs to the attacker's own request. */
function withFlowCookiesOf(attacker: Browser, world: World): Browser {
  const browser = world.browser()
  for (const [name, value] of attacker.cookies) {
    if (name.startsWith('attio_flow_')) browser.cookies.set(name, value)
  }
  return browser
}

function parameter(path: string, name: string): string {
  return new URL(path, 'http://localhost').searchParams.get(name) ?? ''
}

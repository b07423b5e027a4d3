// A code is sent to Attio once, however often and wherever the callback arrives.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import { createBrowser, type Browser } from '../../../testing/in-process/http-browser.ts'
import { connectionsIn, wordsOf } from '../../../testing/in-process/page-text.ts'
import {
  approve,
  createWorld,
  taskrOrigin,
  type World,
} from '../../../testing/in-process/testbed.ts'

/** How many requests are each answered a hundred times: FLOWS=100 node --test app/connections/connecting/callback-once.test.ts */
const flows = Number(process.env['FLOWS'] ?? 3)
const copies = 100

onEachEngine('a callback', (_open, engine) => {
  const nodes = engine.name === 'sqlite' ? 1 : 2

  test(`OA-05 H-42 one of ${copies} simultaneous callbacks on ${nodes} nodes is exchanged, for each of ${flows} requests`, async () => {
    await using world = await createWorld({
      databaseUrl: await engine.createMigratedUrl(),
      limits: 'none',
    })
    const jo = await world.signedUp()
    const browsers = [jo]
    if (nodes === 2) browsers.push(await onAnotherNode(world, jo))
    for (let flow = 1; flow <= flows; flow++) {
      const back = await approve(world.attio, jo)
      const [, elsewhere] = browsers
      if (elsewhere !== undefined) copyCookies(jo, elsewhere)
      const answers = await Promise.all(
        Array.from({ length: copies }, (_, copy) => (browsers[copy % nodes] ?? jo).get(back)),
      )
      const statuses = answers.map(({ status }) => status)
      assert.equal(statuses.filter((status) => status === 303).length, 1)
      assert.equal(statuses.filter((status) => status === 400).length, copies - 1)
      assert.equal(world.sent('/oauth/token'), flow)
    }
    assert.equal(await connectionsIn(jo), 1)
  })

  test('OA-05 a double click gets a clear answer, and the connection stays', async () => {
    await using world = await createWorld({ databaseUrl: await engine.createMigratedUrl() })
    const jo = await world.signedUp()
    const back = await approve(world.attio, jo)
    assert.equal((await jo.get(back)).status, 303)
    const again = await jo.get(back)
    assert.equal(again.status, 400)
    assert.match(wordsOf(again.body), /Already used/)
    assert.equal(await connectionsIn(jo), 1)
  })

  test('OA-19 H-46 after a lost token response the code is not sent again, and the person is asked to start over', async () => {
    await using world = await createWorld({ databaseUrl: await engine.createMigratedUrl() })
    const jo = await world.signedUp()
    for (const reset of ['before-commit', 'after-commit'] as const) {
      const before = world.sent('/oauth/token')
      const back = await approve(world.attio, jo)
      const heal = world.attio.control.faults.add({ path: '/oauth/token', answer: { reset } })
      const answer = await world.advanceUntil(jo.get(back))
      heal()
      assert.equal(answer.status, 503)
      assert.match(
        answer.body,
        /action="\/integrations\/attio\/connect"|href="\/integrations\/attio\/connect"/,
      )
      assert.equal((await jo.get(back)).status, 400)
      assert.equal(world.sent('/oauth/token'), before + 1)
    }
    assert.equal(await connectionsIn(jo), 0)
  })
})

async function onAnotherNode(world: World, jo: Browser): Promise<Browser> {
  const node = await world.anotherNode()
  const browser = createBrowser((request, address) => node.fetch(request, address), taskrOrigin)
  copyCookies(jo, browser)
  return browser
}

function copyCookies(from: Browser, into: Browser): void {
  for (const [name, value] of from.cookies) into.cookies.set(name, value)
}

// The list shows its freshness: Live while webhooks work, and a message when Attio is slow, rate-limiting or down. The
// page itself never waits for Attio.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createWorld, scopes } from '../../../testing/in-process/testbed.ts'
import { startStopwatch } from '../../../testing/stopwatch.ts'

suite('freshness', { concurrency: true }, () => {
  test('39 a list with working webhooks says Live', async () => {
    await using world = await createWorld({ attio: { seed: 'one-task' } })
    const jo = await world.connected()
    await world.delivered()
    assert.match((await jo.get('/')).body, />Live</)
  })

  test('39 a list without webhooks never says Live', async () => {
    await using world = await createWorld({ attio: { seed: 'one-task' } })
    const withoutWebhooks = scopes.filter((scope) => !scope.startsWith('webhook:'))
    world.attio.control.setAppScopes(world.clientId, withoutWebhooks)
    const page = (await (await world.connected()).get('/')).body
    assert.match(page, /Synced/)
    assert.doesNotMatch(page, />Live</)
  })

  test('10 39 a connection that lost access is not live', async () => {
    await using world = await createWorld({ attio: { seed: 'one-task' } })
    const jo = await world.connected()
    await world.delivered()
    world.attio.control.removeApp(world.clientId, 'acme')
    await jo.post('/tasks/refresh')
    await world.advanceUntil(world.taskr.idle())
    const page = (await jo.get('/')).body
    assert.match(page, /Taskr lost access to/)
    assert.doesNotMatch(page, />Live</)
    const connections = (await jo.get('/connections')).body
    assert.match(connections, /paused until it’s reconnected/)
    assert.doesNotMatch(connections, /<dd>live</)
  })

  for (const [what, answer, words] of [
    ['does not answer in time', { hang: true }, /Attio is slow/],
    ['asks to wait', { status: 429 }, /asked Taskr to wait/],
    ['is down', { status: 503 }, /Can’t reach Attio/],
    ['says something else than it should', { shape: 'strings' }, /couldn’t read/],
  ] as const) {
    test(`RL-07 39 Attio ${what}: the page shows the last synced tasks at once, and says so`, async () => {
      await using world = await createWorld({
        attio: { seed: 'one-task' },
        attioDeadlineMs: 2_000,
      })
      const jo = await world.connected()
      const before = (await jo.get('/')).body
      const time = /class="freshness"[^]*?<time[^>]*datetime="([^"]+)"/.exec(before)?.[1]
      world.attio.control.faults.add({ path: '/v2/*', answer })
      await world.clock.advance(20 * 60_000)
      const stopwatch = startStopwatch()
      assert.equal((await jo.get('/')).status, 200)
      assert.ok(stopwatch.elapsedMs() < 1_000)
      await world.advanceUntil(world.taskr.idle())
      const page = (await jo.get('/')).body
      assert.match(page, words)
      assert.equal(
        /<time[^>]*datetime="([^"]+)"/.exec(page.slice(page.indexOf('class="freshness"')))?.[1],
        time,
      )
      await world.advanceUntil(world.taskr.idle())
    })
  }
})

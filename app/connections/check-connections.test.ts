import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createWorld, type World } from '../../testing/in-process/testbed.ts'

const dayMs = 24 * 3_600_000

suite('the daily check of a connection', () => {
  test('a connection is checked once a day, by one worker', async () => {
    await using world = await createWorld()
    await world.connected()
    const before = asked(world)
    await world.clock.advance(dayMs - 60_000)
    assert.equal(await check(world), 0)
    await world.clock.advance(60_000)
    const checked = await Promise.all([check(world), check(world)])
    assert.deepEqual(checked.toSorted(), [0, 1])
    assert.equal(asked(world), before + 1)
    await world.clock.advance(dayMs - 60_000)
    assert.equal(await check(world), 0)
  })

  test('a check that a shutdown interrupts is made again when its lease ends', async () => {
    const reached = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    let isHeld = false
    await using world = await createWorld({
      fetch: (real) => async (input, init) => {
        const { pathname } = new URL(input instanceof Request ? input.url : input)
        if (isHeld && pathname === '/v2/self') {
          reached.resolve()
          await goOn.promise
        }
        return await real(input, init)
      },
    })
    await world.connected()
    const before = asked(world)
    await world.clock.advance(dayMs)
    isHeld = true
    const stopping = new AbortController()
    const interrupted = world.taskr.parts.connections.checkDue(stopping.signal)
    await reached.promise
    assert.equal(await check(world), 0, 'while the lease lasts')
    stopping.abort()
    goOn.resolve()
    await assert.rejects(interrupted, { name: 'AbortError' })
    isHeld = false
    const sentMeanwhile = asked(world) - before
    await world.clock.advance(60_000)
    assert.equal(await check(world), 1)
    assert.equal(asked(world), before + sentMeanwhile + 1)
  })
})

function check(world: World): Promise<number> {
  return world.taskr.parts.connections.checkDue()
}

function asked({ attio }: World): number {
  return attio.control.journal.count({ path: '/v2/self' })
}

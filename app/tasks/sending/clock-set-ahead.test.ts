// A node's clock that is set ahead makes its own leases look expired while it still waits for Attio.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { startChanging } from '../../../testing/in-process/task-changes.ts'
import { createWorld } from '../../../testing/in-process/testbed.ts'

suite('sending', () => {
  test('a clock that is set ahead while a task is being created creates no second one', async () => {
    const asked = Promise.withResolvers<void>()
    const goOn = Promise.withResolvers<void>()
    let aheadMs = 0
    let posts = 0
    await using world = await createWorld({
      taskrClock: (clock) => ({ now: () => clock.now() + aheadMs, wait: clock.wait }),
      fetch: (real) => async (input, init) => {
        const { pathname } = new URL(input instanceof Request ? input.url : input)
        if (pathname !== '/v2/tasks' || init?.method !== 'POST') return await real(input, init)
        posts += 1
        asked.resolve()
        if (posts === 1) await goOn.promise
        return await real(input, init)
      },
    })
    const { create, inAttio, settle } = await startChanging(world)
    await create('Call the bank')
    await asked.promise
    aheadMs = 600_000
    await create('Water the plants')
    await world.clock.advance(1_000)
    goOn.resolve()
    await settle()
    const texts = inAttio().map(({ content }) => content)
    assert.equal(texts.filter((text) => text === 'Call the bank').length, 1)
    assert.equal(texts.filter((text) => text === 'Water the plants').length, 1)
  })
})

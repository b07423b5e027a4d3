import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { createWorld } from '../../../testing/in-process/testbed.ts'

suite('a page with results of a search', () => {
  test('the page searches Attio once, however often it refetches itself, and again when the person searches', async () => {
    await using world = await createWorld({ attio: { seed: 'one-task' } })
    const jo = await world.connected()
    const list = (await jo.get('/?whose=everyone')).body
    const task = /href="(\/tasks\/[^"?]+)/.exec(list)?.[1] ?? assert.fail(list)
    const searches = (): number => world.sent('/v2/objects/records/search')
    const page = await jo.get(`${task}?find=a`)
    assert.match(page.body, /Found in Attio/)
    assert.equal(searches(), 1)
    for (let time = 0; time < 5; time++) {
      const again = await jo.get(`${task}?find=a`, { 'x-taskr-refetch': 'yes' })
      assert.match(again.body, /Found in Attio/)
    }
    assert.equal(searches(), 1)
    await jo.get(`${task}?find=b`, { 'x-taskr-refetch': 'yes' })
    assert.equal(searches(), 2)
    await jo.get(`${task}?find=a`)
    assert.equal(searches(), 3)
    await world.clock.advance(6 * 60_000)
    await jo.get(`${task}?find=a`, { 'x-taskr-refetch': 'yes' })
    assert.equal(searches(), 4)
  })
})

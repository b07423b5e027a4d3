// Worlds that are closed after the test that opened them.
import { afterEach } from 'node:test'
import { createWorld, type World, type WorldOptions } from './testbed.ts'

/** Returns a function that opens a world for the running test. Call it once, at the top of a test file. */
export function worldsPerTest(): (options?: WorldOptions) => Promise<World> {
  const worlds: World[] = []
  afterEach(async () => {
    for (const world of worlds.splice(0)) await world.close()
  })
  return async (options) => {
    const world = await createWorld(options)
    worlds.push(world)
    return world
  }
}

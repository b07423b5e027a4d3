// The short version of `npm run test:endurance -- interleavings`: two people in three tabs on two nodes.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachEngine } from '../../testing/database/on-each-engine.ts'
import { createInterleavingTestbed, type InterleavingTestbed } from './interleaving-testbed.ts'
import { playAndLook, playStories } from './interleavings.ts'
import { knownStories } from './known-stories.ts'

onEachEngine('two people, three tabs and two nodes', (_, engine) => {
  if (engine.name === 'sqlite') return

  test('OA-03 OA-04 OA-05 OA-10 OA-29 TK-14 a connection belongs to the account that began and finished it, in any order of steps', async () => {
    const testbed = await createInterleavingTestbed(await engine.createMigratedUrl())
    try {
      await playKnown(testbed)
      const played = await playStories(testbed, { seed: 1, count: 40 })
      assert.ok(played.connected > 35, 'connections were made')
      assert.ok(played.refused > 80, 'and others refused')
      assert.ok(played.held > 15, 'while something else was half done')
    } finally {
      await testbed.close()
    }
  })
})

async function playKnown(testbed: InterleavingTestbed): Promise<void> {
  for (const [title, steps] of knownStories) {
    try {
      await playAndLook(testbed, steps)
    } catch (cause) {
      throw new Error(title, { cause })
    }
  }
}

// The short version of `npm run test:endurance -- seats`: four people, two workspaces, two actions at a time.
import assert from 'node:assert/strict'
import { onEachEngine } from '../../testing/database/on-each-engine.ts'
import { test } from 'node:test'
import { playSeatStories } from './seat-interleavings.ts'
import { createSeatTestbed } from './seat-testbed.ts'

onEachEngine('four people in two workspaces', (_, engine) => {
  test('no seat shows a task outside it, in any order of two actions', async () => {
    const isSqlite = engine.name === 'sqlite'
    const open = async () =>
      createSeatTestbed(isSqlite ? undefined : await engine.createMigratedUrl())
    const played = await playSeatStories({ seed: 1, count: isSqlite ? 8 : 4, open })
    assert.ok(played.joined > 1 && played.refused > 20, JSON.stringify(played))
  })
})

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onEachEngine } from '../../testing/database/on-each-engine.ts'
import { createWorld } from '../../testing/in-process/testbed.ts'

onEachEngine('refreshing the members of a workspace', (_, engine) => {
  test('concurrent refreshes all succeed, and the latest list is kept', async () => {
    let names = 0
    const databaseUrl = await engine.createMigratedUrl()
    await using world = await createWorld({
      databaseUrl,
      attio: { seed: 'one-task' },
      fetch: (real) => async (input, init) => {
        const answer = await real(input, init)
        const { pathname } = new URL(input instanceof Request ? input.url : input)
        if (pathname !== '/v2/workspace_members') return answer
        names += 1
        const renamed = (await answer.text()).replaceAll(
          /"last_name":"\w*"/g,
          `"last_name":"N${names}"`,
        )
        return new Response(renamed, answer)
      },
    })
    const owner = await world.ownerOf(await world.connected())
    const { mirror, sync } = world.taskr.parts
    for (let round = 1; round <= 5; round += 1) {
      const all = Array.from({ length: 6 }, () => sync.readMembers(owner))
      const outcomes = await world.advanceUntil(Promise.all(all))
      assert.deepEqual(
        outcomes.map(({ kind }) => kind),
        Array.from(all, () => 'ok'),
      )
    }
    const members = await mirror.listMembers([owner.connectionId])
    assert.equal(members.length, 4)
    await world.advanceUntil(sync.readMembers(owner))
    const after = await mirror.listMembers([owner.connectionId])
    assert.deepEqual(new Set(after.map(({ lastName }) => lastName)), new Set([`N${names}`]))
  })
})

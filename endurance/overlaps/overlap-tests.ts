// Defines the tests of overlapping log-ins, for a short run and a whole one.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { onEachEngine, type TestEngine } from '../../testing/database/on-each-engine.ts'
import {
  startIdentityProvider,
  type TestProvider,
} from '../../testing/identity-provider/identity-provider.ts'
import { changing, isDone, needsOf, starting, type Action } from './actions.ts'
import { addPerson, createInstallation, createNode, redirectUri } from './person.ts'
import { playOverlaps } from './play-overlaps.ts'

export function defineOverlapTests(
  isWanted: (change: Action, engine: TestEngine['name']) => boolean,
): void {
  onEachEngine('log-ins that overlap a change of what they need', (open, engine) => {
    let provider: TestProvider
    before(async () => {
      provider = await startIdentityProvider(redirectUri)
    })
    after(() => provider.stop())

    for (const [name, start] of Object.entries(starting)) {
      test(`SF-08 ${name} during a change of the account ends as if one had come after the other`, async () => {
        const installation = createInstallation(await open(), provider)
        const { played, wrong } = await playOverlaps(installation, start, (change) =>
          isWanted(change, engine.name),
        )
        assert.ok(played >= 3, `only ${played} overlaps`)
        assert.deepEqual(wrong, [])
      })
    }

    test('H-22 a session that ends while it acts changes nothing', async () => {
      const installation = createInstallation(await open(), provider)
      const node = createNode(installation)
      let tried = 0
      for (const [name, action] of Object.entries(changing)) {
        if (action.needsNoSession === true) continue
        const needs = needsOf(action)
        assert.ok(needs)
        const person = await addPerson(installation, node, needs)
        const act = await action.prepare(person, node, installation)
        await node.signOut(person.here)
        tried += 1
        assert.equal(isDone(await act(node)), false, name)
        assert.equal((await node.listSessions(person.accountId)).length, 1, name)
      }
      assert.ok(tried >= 9, String(tried))
    })
  })
}

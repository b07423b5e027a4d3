import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import { wordsOf } from '../../testing/in-process/page-text.ts'
import { createWorld } from '../../testing/in-process/testbed.ts'

suite('what a sync cannot read', () => {
  for (const [what, spoiled] of Object.entries({
    'a text that is null': null,
    'a text that is a number': 7,
    'a text that is a list': ['Call'],
  })) {
    test(`one task with ${what} is named in the connection’s state, and read once it is right`, async () => {
      let isSpoiled = true
      await using world = await createWorld({
        attio: { seed: 'no-tasks' },
        fetch: (real) => async (input, init) => {
          const answer = await real(input, init)
          const text = await answer.clone().text()
          return isSpoiled && text.includes('"Spoiled"')
            ? new Response(text.replaceAll('"Spoiled"', JSON.stringify(spoiled)), answer)
            : answer
        },
      })
      const ada = world.attio.control.as({
        member: standard.people.ada.emailAddress,
        workspace: 'acme',
      })
      const assigneeIds = [standard.members.adaAtAcme]
      for (const content of ['Before', 'Spoiled', 'After']) ada.addTask({ content, assigneeIds })
      const jo = await world.connected()
      const list = wordsOf((await jo.get('/?view=open')).body)
      assert.match(list, /Before/)
      assert.match(list, /After/)
      const state = wordsOf((await jo.get('/connections')).body)
      assert.match(state, /Skipped 1 task that Taskr couldn’t read/)
      isSpoiled = false
      await jo.post('/tasks/refresh')
      await world.advanceUntil(world.taskr.idle())
      assert.match(wordsOf((await jo.get('/?view=open')).body), /Spoiled/)
      assert.doesNotMatch(wordsOf((await jo.get('/connections')).body), /Skipped/)
    })
  }
})

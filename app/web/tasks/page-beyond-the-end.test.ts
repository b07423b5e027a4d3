import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import { createWorld } from '../../../testing/in-process/testbed.ts'
import { startChanging } from '../../../testing/in-process/task-changes.ts'

suite('pages of a list', () => {
  test('a page beyond the end shows the last one', async () => {
    await using world = await createWorld({ attio: { seed: 'no-tasks' } })
    const { ada, jo, owner, update } = await startChanging(world)
    for (let number = 1; number <= 101; number += 1) {
      ada.addTask({
        content: `Overdue ${number}`,
        deadlineAt: Date.UTC(2026, 9, 1) + number * 60_000,
        assigneeIds: [standard.members.adaAtAcme],
      })
    }
    await world.advanceUntil(world.taskr.parts.sync.syncNow(owner, 0))
    const address = '/?view=overdue&page=2'
    assert.match((await jo.get(address)).body, /Overdue 101/)
    await update('Overdue 101', { isCompleted: true })
    const page = await jo.get(address)
    assert.equal(page.status, 200)
    assert.match(page.body, /Overdue 100/)
    assert.doesNotMatch(page.body, /Overdue 101|caught up/)
    assert.match((await jo.get('/?view=overdue&page=99999')).body, /Overdue 100/)
  })
})

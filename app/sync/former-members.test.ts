import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import { startChanging } from '../../testing/in-process/task-changes.ts'
import { createWorld } from '../../testing/in-process/testbed.ts'
import { asConnectionId, asMemberId } from '../support/ids.ts'
import { createAskedMembers } from './asked-members.ts'

const minute = 60_000

suite('tasks of members whom Attio does not list', () => {
  test('edits of a task that is assigned to a former member read the members once in a quarter of an hour', async () => {
    await using world = await createWorld({ attio: { seed: 'no-tasks' } })
    const { ada, owner } = await startChanging(world)
    const { sync } = world.taskr.parts
    const [ben, cleo] = [standard.members.benAtAcme, standard.members.cleoAtAcme]
    const task = ada.addTask({ content: 'Ask Ben', assigneeIds: [ben] })
    const both = ada.addTask({ content: 'Ask Ben and Cleo', assigneeIds: [ben, cleo] })
    await world.delivered()
    const { world: stored } = world.attio.control
    stored.transact(() => {
      stored.members.remove(ben)
      stored.members.remove(cleo)
    })
    await world.advanceUntil(sync.syncNow(owner, 0))
    const readBy = async (taskId: string): Promise<number> => {
      const before = world.sent('/v2/workspace_members')
      for (const isCompleted of [true, false, true]) {
        ada.updateTask(taskId, { isCompleted })
        await world.delivered()
      }
      return world.sent('/v2/workspace_members') - before
    }
    assert.equal(await readBy(task.id), 1)
    assert.equal(await readBy(both.id), 1, 'another member, who may be new')
    assert.equal(await readBy(task.id), 0)
    await world.clock.advance(16 * minute)
    assert.equal(await readBy(task.id), 1)
  })

  test('ten thousand members are remembered, and the oldest is forgotten first', () => {
    let now = 0
    const asked = createAskedMembers(() => now)
    const connectionId = asConnectionId('c')
    const members = Array.from({ length: 10_001 }, (_, at) => asMemberId(`m${at}`))
    for (const member of members) asked.remember(connectionId, [member])
    assert.ok(!asked.wereAsked(connectionId, members.slice(0, 1)))
    assert.ok(asked.wereAsked(connectionId, members.slice(1)))
    assert.ok(!asked.wereAsked(asConnectionId('d'), members.slice(1)))
    now = 15 * minute
    assert.ok(!asked.wereAsked(connectionId, members.slice(1)))
  })
})

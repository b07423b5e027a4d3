// Assignees and linked records: a change is what the person added and removed, and keeps what others did meanwhile.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import { asMemberId } from '../support/ids.ts'
import { startChanging, type Changing } from '../../testing/in-process/task-changes.ts'
import { createWorld } from '../../testing/in-process/testbed.ts'

const [ada, ben, dana] = [
  asMemberId(standard.members.adaAtAcme),
  asMemberId(standard.members.benAtAcme),
  asMemberId(standard.members.danaAtAcme),
]

async function begin(play: (changing: Changing) => Promise<void>): Promise<void> {
  await using world = await createWorld({ attio: { seed: 'no-tasks' } })
  const changing = await startChanging(world)
  changing.ada.addTask({ content: 'Call Grace', assigneeIds: [ada] })
  await world.advanceUntil(world.taskr.parts.sync.syncNow(changing.owner, 0))
  await play(changing)
}

suite('a person’s edits of a task’s lists', () => {
  test('an assignee who was added in Attio meanwhile stays when the person adds another', () =>
    begin(async ({ world, ada: inAttio, update, inAttioOf, settle, failed }) => {
      // The webhook of Ben’s assignment is lost, so neither the page nor Taskr knows it.
      world.attio.control.webhooks.faults.add({ effect: { drop: true } })
      inAttio.updateTask(inAttioOf('Call Grace').id, { assigneeIds: [ada, ben] })
      await world.clock.advance(60_000)
      await update('Call Grace', { assigneeIds: [ada, dana] }, 'add', { assigneeIds: [ada] })
      await settle()
      assert.deepEqual(sorted(inAttioOf('Call Grace').assigneeIds), sorted([ada, ben, dana]))
      assert.deepEqual(await failed(), [])
    }))

  test('a page that shows an older list changes only what the person changed in it', () =>
    begin(async ({ update, inAttioOf, settle, shownOf }) => {
      await update('Call Grace', { assigneeIds: [ada, ben] }, 'first', { assigneeIds: [ada] })
      await update('Call Grace', { assigneeIds: [dana] }, 'second', { assigneeIds: [ada] })
      assert.deepEqual(sorted((await shownOf('Call Grace')).assigneeIds), sorted([ben, dana]))
      await settle()
      assert.deepEqual(sorted(inAttioOf('Call Grace').assigneeIds), sorted([ben, dana]))
    }))

  test('news from Attio that arrives while an edit waits is shown with the edit', () =>
    begin(async ({ world, ada: inAttio, update, inAttioOf, settle, shownOf }) => {
      world.attio.control.faults.add({ method: 'PATCH', count: 1, answer: { status: 503 } })
      await update('Call Grace', { assigneeIds: [ada, dana] }, 'add', { assigneeIds: [ada] })
      inAttio.updateTask(inAttioOf('Call Grace').id, { assigneeIds: [ben] })
      await world.advanceUntil(world.delivered())
      assert.deepEqual(sorted((await shownOf('Call Grace')).assigneeIds), sorted([ben, dana]))
      await settle()
      assert.deepEqual(sorted(inAttioOf('Call Grace').assigneeIds), sorted([ben, dana]))
    }))

  test('an undo takes back only what the person added, and leaves the others', () =>
    begin(async ({ world, owner, ada: inAttio, update, inAttioOf, settle }) => {
      const seen = { assigneeIds: [ada] }
      const added = await update('Call Grace', { assigneeIds: [ada, dana] }, 'add', seen)
      assert.ok(added.kind === 'recorded')
      await settle(5_000)
      inAttio.updateTask(inAttioOf('Call Grace').id, { assigneeIds: [ada, ben, dana] })
      await world.advanceUntil(world.delivered())
      const undone = await world.taskr.parts.changes.undo(owner.accountId, added.change.changeId)
      assert.equal(undone.kind, 'reversed')
      await settle()
      assert.deepEqual(sorted(inAttioOf('Call Grace').assigneeIds), sorted([ada, ben]))
    }))

  test('an undo of an addition that someone took back in Attio says that it was changed', () =>
    begin(async ({ world, owner, ada: inAttio, update, inAttioOf, settle }) => {
      const seen = { assigneeIds: [ada] }
      const added = await update('Call Grace', { assigneeIds: [ada, dana] }, 'add', seen)
      assert.ok(added.kind === 'recorded')
      await settle(5_000)
      inAttio.updateTask(inAttioOf('Call Grace').id, { assigneeIds: [ada, ben] })
      await world.advanceUntil(world.delivered())
      const undone = await world.taskr.parts.changes.undo(owner.accountId, added.change.changeId)
      assert.deepEqual(undone, { kind: 'changed-since', by: undefined })
      assert.deepEqual(sorted(inAttioOf('Call Grace').assigneeIds), sorted([ada, ben]))
    }))

  test('withdrawing one of two edits keeps the other as it was', () =>
    begin(async ({ world, owner, update, inAttioOf, settle }) => {
      world.attio.control.faults.add({ method: 'GET', count: 1, answer: { latencyMs: 3_000 } })
      await update('Call Grace', { isCompleted: true }, 'busy')
      const first = await update('Call Grace', { assigneeIds: [ada, ben] }, '1', {
        assigneeIds: [ada],
      })
      await update('Call Grace', { assigneeIds: [ada, ben, dana] }, '2', {
        assigneeIds: [ada, ben],
      })
      assert.ok(first.kind === 'recorded')
      await world.taskr.parts.changes.undo(owner.accountId, first.change.changeId)
      await settle()
      assert.deepEqual(sorted(inAttioOf('Call Grace').assigneeIds), sorted([ada, dana]))
    }))

  test('a link to a record that no longer exists is told to the person, and the other links are kept', () =>
    begin(async ({ world, ada: inAttio, owner, update, inAttioOf, settle, failed, shownOf }) => {
      const [there, gone, kept] = peopleOf(world)
      inAttio.updateTask(inAttioOf('Call Grace').id, {
        linkedRecords: [{ objectId: kept.objectId, recordId: kept.id }],
      })
      await world.advanceUntil(world.delivered())
      const linkedRecords = [there, gone].map(({ id }) => ({
        targetObject: 'people',
        recordId: id,
      }))
      world.attio.control.world.transact(() => world.attio.control.world.records.remove(gone.id))
      await update('Call Grace', { linkedRecords }, 'link', { linkedRecords: [] })
      await settle()
      const ids = (await shownOf('Call Grace')).linkedRecords.map(({ recordId }) => recordId)
      assert.deepEqual(sorted(ids), sorted([there.id, kept.id]))
      assert.deepEqual(await failed(), [{ kind: 'left-out', fields: ['linkedRecords'] }])
      const [told] = (await world.taskr.parts.changes.listOpen(owner.accountId)).failed
      assert.deepEqual(told?.wanted.linkedRecords, [linkedRecords[1]])
    }))

  test('a new task whose link Attio drops is created, and the person is told', () =>
    begin(async ({ world, owner, settle, failed, shownOf }) => {
      const [, gone] = peopleOf(world)
      world.attio.control.world.transact(() => world.attio.control.world.records.remove(gone.id))
      const task = {
        content: 'Call the former client',
        deadlineAt: null,
        assigneeIds: [ada],
        linkedRecords: [{ targetObject: 'people', recordId: gone.id }],
      }
      await world.taskr.parts.changes.create(owner, task, 'new')
      await settle()
      assert.deepEqual((await shownOf('Call the former client')).linkedRecords, [])
      assert.deepEqual(await failed(), [{ kind: 'left-out', fields: ['linkedRecords'] }])
    }))
})

function peopleOf({ attio }: Changing['world']) {
  const { objects, records } = attio.control.world
  const people = objects.find(({ slug, workspaceId }) => {
    return slug === 'people' && workspaceId === standard.workspaces.acme.id
  })
  const [one, other, third] = records.all().filter(({ objectId }) => objectId === people?.id)
  assert.ok(one !== undefined && other !== undefined && third !== undefined)
  return [one, other, third] as const
}

function sorted(ids: readonly string[]): readonly string[] {
  return ids.map(String).toSorted()
}

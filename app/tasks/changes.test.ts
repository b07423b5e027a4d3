// People's changes show at once and reach Attio once, in order, no matter what fails in between.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { standard } from '@taskr/local-attio'
import { onEachEngine } from '../../testing/database/on-each-engine.ts'
import type { Database } from '../database/open-database.ts'
import { asMemberId } from '../support/ids.ts'
import { startChanging, type Changing } from '../../testing/in-process/task-changes.ts'
import { connect, createWorld, type WorldOptions } from '../../testing/in-process/testbed.ts'

const ben = asMemberId(standard.members.benAtAcme)

onEachEngine('changes sent to Attio', (_, engine) => {
  const begin = async (
    play: (changing: Changing) => Promise<void>,
    options: WorldOptions = {},
  ): Promise<void> => {
    const databaseUrl = await engine.createMigratedUrl()
    await using world = await createWorld({ databaseUrl, attio: { seed: 'no-tasks' }, ...options })
    const changing = await startChanging(world)
    changing.ada.addTask({ content: 'Call Grace', assigneeIds: [standard.members.adaAtAcme] })
    await world.advanceUntil(world.taskr.parts.sync.syncNow(changing.owner, 0))
    await play(changing)
  }

  test('a completed task shows at once and soon reaches Attio', () =>
    begin(async ({ world, update, shownOf, inAttioOf, settle }) => {
      world.attio.control.faults.add({ method: 'PATCH', answer: { latencyMs: 1_000 } })
      const recorded = await update('Call Grace', { isCompleted: true })
      assert.equal(recorded.kind, 'recorded')
      const shown = await shownOf('Call Grace')
      assert.deepEqual([shown.isCompleted, shown.isPending], [true, true])
      await settle()
      assert.equal(inAttioOf('Call Grace').isCompleted, true)
      const after = await shownOf('Call Grace')
      assert.deepEqual([after.isCompleted, after.isPending], [true, false])
      assert.equal(world.attio.control.journal.count({ method: 'PATCH' }), 1)
    }))

  test('an update reaches Attio in every field: deadline, assignees and links', () =>
    begin(async ({ update, inAttioOf, settle, shownOf }) => {
      await update('Call Grace', { deadlineAt: Date.UTC(2026, 11, 1) })
      await update('Call Grace', { assigneeIds: [ben] })
      await settle()
      const task = inAttioOf('Call Grace')
      assert.deepEqual([task.deadlineAt, task.assigneeIds], [Date.UTC(2026, 11, 1), [ben]])
      assert.deepEqual((await shownOf('Call Grace')).assigneeIds, [ben])
    }))

  test('saving a text unchanged does nothing, even with other outer spaces and line ends', () =>
    begin(async ({ world, ada, owner, replace, settle, shownOf, failed }) => {
      ada.addTask({ content: 'Two\nlines ', assigneeIds: [standard.members.adaAtAcme] })
      await world.advanceUntil(world.taskr.parts.sync.syncNow(owner, 0))
      const before = await shownOf('Two\nlines ')
      for (const same of ['Two\nlines', ' Two\r\nlines  ', 'Two\r\nlines \r\n']) {
        assert.equal((await replace('Two\nlines ', same)).kind, 'unchanged', JSON.stringify(same))
      }
      await settle()
      assert.equal((await shownOf('Two\nlines ')).taskId, before.taskId)
      assert.equal(world.attio.control.journal.count({ method: 'POST', path: '/v2/tasks' }), 0)
      assert.deepEqual(await failed(), [])
    }))

  test('RL-28 the same form sent a hundred times at once is one change', () =>
    begin(async ({ world, create, inAttio, settle }) => {
      const all = await Promise.all(Array.from({ length: 100 }, () => create('Once', 'the form')))
      const ids = all.map((one) => (one.kind === 'recorded' ? one.change.changeId : one.kind))
      assert.equal(new Set(ids).size, 1)
      await settle()
      assert.equal(inAttio().filter(({ content }) => content === 'Once').length, 1)
      assert.equal(world.attio.control.journal.count({ method: 'POST', path: '/v2/tasks' }), 1)
    }))

  test('RL-10 changes of one task reach Attio in order', () =>
    begin(async ({ world, update, inAttioOf, settle }) => {
      for (const isCompleted of [true, false, true, false])
        await update('Call Grace', { isCompleted })
      await update('Call Grace', { deadlineAt: 0 })
      await settle()
      assert.equal(inAttioOf('Call Grace').isCompleted, false)
      assert.equal(inAttioOf('Call Grace').deadlineAt, 0)
      assert.equal(world.attio.control.journal.count({ method: 'PATCH' }), 5)
    }))

  test('RL-35 an account with many waiting changes does not delay an account with one', () =>
    begin(async ({ world, create, inAttio, settle }) => {
      const kim = await world.ownerOf(await world.connected('kim'))
      for (let number = 1; number <= 40; number += 1) await create(`One of many ${number}`)
      const task = { content: 'The only one', deadlineAt: null, assigneeIds: [], linkedRecords: [] }
      const before = inAttio().length
      await world.taskr.parts.changes.create(kim, task, 'a form of Kim')
      await settle()
      const arrived = inAttio()
        .toSorted((one, other) => one.createdAt - other.createdAt)
        .map(({ content }) => content)
      assert.equal(arrived.length, 42)
      const waited = arrived.indexOf('The only one') - before
      assert.ok(waited >= 0 && waited < 10, `${waited} others went before, of ${42 - before}`)
    }))

  test('a new task can be changed before Attio has it', () => {
    const gate = Promise.withResolvers<void>()
    return begin(
      async ({ create, update, inAttioOf, settle, shownOf, shown }) => {
        await create('Write to Ada')
        assert.equal((await shownOf('Write to Ada')).isProvisional, true)
        await update('Write to Ada', { isCompleted: true })
        assert.equal((await shownOf('Write to Ada')).isCompleted, true)
        gate.resolve()
        await settle()
        const task = inAttioOf('Write to Ada')
        assert.equal(task.isCompleted, true)
        const after = await shownOf('Write to Ada')
        assert.equal(String(after.taskId), task.id)
        assert.deepEqual([after.isProvisional, after.isPending], [false, false])
        assert.equal((await shown()).length, 2)
      },
      { reached: (point) => (point === 'claimed' ? gate.promise : Promise.resolve()) },
    )
  })

  test('a page that still knows a new task by its change can change the task', () =>
    begin(async ({ world, owner, create, inAttioOf, settle }) => {
      const recorded = await create('Write to Ada')
      assert.ok(recorded.kind === 'recorded')
      await settle()
      const old = { ...owner, taskId: recorded.change.taskId }
      await world.taskr.parts.changes.update(old, { isCompleted: true }, 'stale page')
      await settle()
      assert.equal(inAttioOf('Write to Ada').isCompleted, true)
    }))

  for (const answer of [
    { reset: 'after-commit' },
    { status: 500, commit: true },
    { truncate: 20 },
  ] as const) {
    test(`RL-09 a task whose answer is lost is not created twice: ${JSON.stringify(answer)}`, () =>
      begin(async ({ world, create, inAttio, settle, shownOf }) => {
        world.attio.control.faults.add({ method: 'POST', path: '/v2/tasks', count: 1, answer })
        await create('Once')
        await settle()
        assert.equal(inAttio().filter(({ content }) => content === 'Once').length, 1)
        assert.equal((await shownOf('Once')).isProvisional, false)
      }))
  }

  test('RL-09 a new task whose answer was lost is never shown twice', () =>
    begin(async ({ world, owner, create, inAttio, settle, shown }) => {
      const answer = { reset: 'after-commit' } as const
      world.attio.control.faults.add({ method: 'POST', path: '/v2/tasks', count: 1, answer })
      const shownOnce = async (): Promise<void> =>
        assert.equal((await shown()).filter(({ content }) => content === 'Once').length, 1)
      await create('Once')
      await world.advanceUntil(world.taskr.idle())
      assert.equal(inAttio().filter(({ content }) => content === 'Once').length, 1)
      await world.advanceUntil(world.delivered())
      await shownOnce()
      await world.advanceUntil(world.taskr.parts.sync.syncNow(owner, 0))
      await shownOnce()
      await settle()
      await shownOnce()
    }))

  test('RL-09 retrying a failed new task that exists at Attio does not create it twice', () =>
    begin(async ({ world, owner, create, inAttio, settle, failed, shown }) => {
      const { faults } = world.attio.control
      const posts = { method: 'POST', path: '/v2/tasks' } as const
      // The fault added last applies first.
      faults.add({ ...posts, count: 1, answer: { status: 500, commit: true } })
      faults.add({ ...posts, count: 20, answer: { status: 500 } })
      await create('Once')
      await settle(3_600_000)
      assert.deepEqual(
        (await failed()).map(({ kind }) => kind),
        ['refused'],
      )
      const { changes } = world.taskr.parts
      const [given] = (await changes.listOpen(owner.accountId)).failed
      assert.ok(given !== undefined && (await changes.tryAgain(owner.accountId, given.changeId)))
      await settle()
      assert.deepEqual(await failed(), [])
      assert.equal(inAttio().filter(({ content }) => content === 'Once').length, 1)
      assert.equal((await shown()).filter(({ content }) => content === 'Once').length, 1)
    }))

  test('RL-09 a new task that never arrived is sent again', () =>
    begin(async ({ world, create, inAttio, settle }) => {
      const answer = { reset: 'before-commit' } as const
      world.attio.control.faults.add({ method: 'POST', path: '/v2/tasks', count: 3, answer })
      await create('Once')
      await settle()
      assert.equal(inAttio().filter(({ content }) => content === 'Once').length, 1)
    }))

  test('RL-09 several new tasks with the same text and lost answers are created once each', () =>
    begin(async ({ world, create, inAttio, settle, shown }) => {
      const answer = { reset: 'after-commit' } as const
      world.attio.control.faults.add({ method: 'POST', path: '/v2/tasks', count: 4, answer })
      for (let copy = 0; copy < 6; copy++) await create('Same')
      await settle(600_000)
      assert.equal(inAttio().filter(({ content }) => content === 'Same').length, 6)
      assert.equal((await shown()).filter(({ content }) => content === 'Same').length, 6)
    }))

  test('a deletion is held for ten seconds and can be undone meanwhile', () =>
    begin(async ({ world, owner, remove, shown, inAttio, settle }) => {
      const removed = await remove('Call Grace')
      assert.ok(removed.kind === 'recorded')
      assert.deepEqual(await shown(), [])
      await world.clock.advance(9_000)
      await world.taskr.parts.changes.sendDue()
      assert.equal(inAttio().length, 1)
      const undone = await world.taskr.parts.changes.undo(owner.accountId, removed.change.changeId)
      assert.equal(undone.kind, 'withdrawn')
      assert.equal((await shown()).length, 1)
      await world.clock.advance(60_000)
      await settle()
      assert.equal(inAttio().length, 1)
      await remove('Call Grace')
      await settle()
      assert.deepEqual(inAttio(), [])
      assert.equal(world.attio.control.journal.count({ method: 'DELETE' }), 1)
    }))

  test('a change is not undone when someone in Attio has changed the same field since, and undo says so', () =>
    begin(async ({ world, ada, owner, update, inAttioOf, settle, shownOf }) => {
      const moved = await update('Call Grace', { deadlineAt: Date.UTC(2026, 11, 1) })
      await settle(5_000)
      assert.ok(moved.kind === 'recorded')
      ada.updateTask(inAttioOf('Call Grace').id, { deadlineAt: Date.UTC(2026, 11, 9) })
      await world.advanceUntil(world.delivered())
      const undone = await world.taskr.parts.changes.undo(owner.accountId, moved.change.changeId)
      assert.deepEqual(undone, { kind: 'changed-since', by: undefined })
      await settle()
      assert.equal(inAttioOf('Call Grace').deadlineAt, Date.UTC(2026, 11, 9))
      assert.equal((await shownOf('Call Grace')).deadlineAt, Date.UTC(2026, 11, 9))
    }))

  test('an undo that would assign a suspended member is refused for that reason', () =>
    begin(async ({ world, ada, owner, update, inAttioOf, settle }) => {
      ada.updateTask(inAttioOf('Call Grace').id, { assigneeIds: [ben] })
      await world.advanceUntil(world.delivered())
      const taken = await update('Call Grace', { assigneeIds: [] })
      assert.ok(taken.kind === 'recorded')
      await settle(5_000)
      const { members } = world.attio.control.world
      const member = members.get(ben)
      assert.ok(member)
      world.attio.control.world.transact(() => members.put({ ...member, accessLevel: 'suspended' }))
      await world.advanceUntil(world.taskr.parts.sync.readMembers(owner))
      const undone = await world.taskr.parts.changes.undo(owner.accountId, taken.change.changeId)
      assert.deepEqual(undone, { kind: 'refused', refusal: 'unknown-member' })
    }))

  test('a change that was already sent is undone by a change back', () =>
    begin(async ({ world, owner, update, settle, inAttioOf, shownOf }) => {
      const done = await update('Call Grace', { isCompleted: true })
      assert.ok(done.kind === 'recorded')
      await settle()
      const { changes } = world.taskr.parts
      assert.equal((await changes.undo(owner.accountId, done.change.changeId)).kind, 'reversed')
      assert.equal((await shownOf('Call Grace')).isCompleted, false)
      await settle()
      assert.equal(inAttioOf('Call Grace').isCompleted, false)
      // A second undo returns the same change.
      assert.equal((await changes.undo(owner.accountId, done.change.changeId)).kind, 'reversed')
      const late = await update('Call Grace', { deadlineAt: 0 })
      assert.ok(late.kind === 'recorded')
      await world.clock.advance(13_000)
      assert.equal((await changes.undo(owner.accountId, late.change.changeId)).kind, 'too-late')
    }))

  test('replacing a task creates one with the same fields and then deletes the old one', () =>
    begin(
      async ({
        ada,
        world,
        owner,
        replace,
        update,
        settle,
        inAttio,
        inAttioOf,
        shown,
        shownOf,
      }) => {
        const old = inAttioOf('Call Grace')
        ada.updateTask(old.id, {
          deadlineAt: 1_000,
          assigneeIds: [ben, standard.members.adaAtAcme],
        })
        await world.advanceUntil(world.taskr.parts.sync.syncNow(owner, 0))
        await replace('Call Grace', 'Call Grace Hopper')
        assert.equal((await shown()).length, 1)
        // Made while the replacement is held, this change must reach the new task.
        await update('Call Grace Hopper', { isCompleted: true })
        await settle()
        const [task, ...more] = inAttio()
        assert.ok(task !== undefined && more.length === 0)
        assert.notEqual(task.id, old.id)
        assert.deepEqual(
          [task.content, task.deadlineAt, task.isCompleted, [...task.assigneeIds].toSorted()],
          ['Call Grace Hopper', 1_000, true, [String(ben), standard.members.adaAtAcme].toSorted()],
        )
        const seen = await shownOf('Call Grace Hopper')
        assert.deepEqual([String(seen.taskId), seen.isPending], [task.id, false])
      },
    ))

  test('RL-12 a field that someone else changed in Attio first keeps their value, and the person is told', () =>
    begin(async ({ ada, world, owner, update, settle, inAttioOf, failed, shownOf }) => {
      world.attio.control.faults.add({
        method: 'PATCH',
        path: '/v2/tasks/*',
        count: 3,
        answer: { reset: 'before-commit' },
      })
      await update('Call Grace', { deadlineAt: 1_000, isCompleted: true })
      ada.updateTask(inAttioOf('Call Grace').id, { deadlineAt: 2_000 })
      await settle()
      assert.deepEqual(
        [inAttioOf('Call Grace').deadlineAt, inAttioOf('Call Grace').isCompleted],
        [2_000, true],
      )
      assert.deepEqual(await failed(), [{ kind: 'conflict', fields: ['deadlineAt'] }])
      assert.equal((await shownOf('Call Grace')).deadlineAt, 2_000)
      const [stuck] = (await world.taskr.parts.changes.listOpen(owner.accountId)).failed
      assert.ok(stuck !== undefined)
      assert.equal(await world.taskr.parts.changes.tryAgain(owner.accountId, stuck.changeId), true)
      await settle()
      assert.equal(inAttioOf('Call Grace').deadlineAt, 1_000)
      assert.deepEqual(await failed(), [])
    }))

  test('RL-18 a change of a deleted task fails as gone, and a deletion of it is done', () =>
    begin(async ({ world, ada, create, update, remove, settle, inAttioOf, failed, shown }) => {
      await create('Another')
      await settle()
      await remove('Another')
      // With their deliveries, Taskr would know of the deletions before the change.
      world.attio.control.webhooks.faults.add({ effect: { drop: true } })
      ada.deleteTask(inAttioOf('Another').id)
      ada.deleteTask(inAttioOf('Call Grace').id)
      await update('Call Grace', { isCompleted: true })
      await settle()
      assert.deepEqual(await failed(), [{ kind: 'gone' }])
      assert.deepEqual(await shown(), [])
    }))

  test('RL-02 a rate-limited change waits as long as Attio says', () =>
    begin(async ({ world, update, settle }) => {
      const sent: number[] = []
      const answer = { status: 429, retryAfter: 'date' } as const
      world.attio.control.faults.add({ method: 'PATCH', path: '/v2/tasks/*', count: 1, answer })
      await update('Call Grace', { isCompleted: true })
      await settle()
      for (const entry of world.attio.control.journal.entries({ method: 'PATCH' }))
        sent.push(entry.at)
      assert.equal(sent.length, 2)
      assert.ok((sent[1] ?? 0) - (sent[0] ?? 0) >= 1_000)
    }))

  test('a change that Attio refuses is shown with its reason and can be discarded', () =>
    begin(async ({ world, owner, update, settle, failed, shownOf }) => {
      const answer = { status: 403 } as const
      world.attio.control.faults.add({ method: 'PATCH', path: '/v2/tasks/*', count: 1, answer })
      await update('Call Grace', { isCompleted: true })
      await settle()
      const [problem] = await failed()
      assert.equal(problem?.kind, 'forbidden')
      assert.equal((await shownOf('Call Grace')).isCompleted, false)
      const { changes } = world.taskr.parts
      const [stuck] = (await changes.listOpen(owner.accountId)).failed
      assert.ok(stuck !== undefined)
      assert.equal(await changes.discard(owner.accountId, stuck.changeId), true)
      assert.equal(await changes.discard(owner.accountId, stuck.changeId), false)
      assert.deepEqual(await failed(), [])
    }))

  test('RL-07 after an hour without Attio, all queued changes arrive within a minute', () =>
    begin(async ({ world, create, update, settle, inAttio, shown }) => {
      world.attio.control.faults.add({ answer: { status: 503 }, ttlMs: 3_600_000 })
      await update('Call Grace', { isCompleted: true })
      for (let number = 0; number < 5; number++) await create(`Task ${number}`)
      for (let minute = 0; minute < 60; minute += 5) {
        await world.advanceUntil(world.taskr.parts.changes.sendDue())
        await world.clock.advance(5 * 60_000)
        assert.equal((await shown()).length, 6)
      }
      await settle(60_000)
      assert.equal(inAttio().length, 6)
      assert.equal(inAttio().filter(({ isCompleted }) => isCompleted).length, 1)
    }))

  test('RL-35 a change whose row cannot be read does not block the others', () => {
    let stored: Database | undefined
    return begin(
      async ({ world, create, inAttio, owner }) => {
        world.attio.control.faults.add({ answer: { status: 503 }, ttlMs: 30_000 })
        const spoilt = await create('Spoilt')
        assert.ok(spoilt.kind === 'recorded' && stored !== undefined)
        await world.advanceUntil(world.taskr.idle())
        await stored.db
          .updateTable('changes')
          .set({ wanted: 'not JSON' })
          .where('change_id', '=', spoilt.change.changeId)
          .returning('account_id')
          .execute()
        for (let number = 0; number < 20; number++) await create(`Task ${number}`)
        const { changes } = world.taskr.parts
        for (let minute = 0; minute < 20; minute++) {
          await world.clock.advance(60_000)
          await world.advanceUntil(changes.sendDue())
          await world.advanceUntil(world.taskr.idle())
        }
        assert.equal(inAttio().filter(({ content }) => content.startsWith('Task ')).length, 20)
        assert.equal((await changes.listOpen(owner.accountId)).underWay, 1)
        assert.ok(world.logger.lines.some((line) => line.includes('changes.unreadable')))
      },
      { betweenDatabase: (database) => (stored = database) },
    )
  })

  test('11 a change that waits for a token is sent as soon as the person reconnects', () =>
    begin(async ({ world, jo, owner, update, settle, inAttioOf }) => {
      world.attio.control.removeApp(world.clientId, 'acme')
      await update('Call Grace', { isCompleted: true })
      await world.advanceUntil(world.taskr.idle())
      const { changes } = world.taskr.parts
      assert.equal((await changes.listOpen(owner.accountId)).underWay, 1)
      const refused = await update('Call Grace', { isCompleted: false })
      assert.deepEqual(refused, { kind: 'refused', refusal: 'needs-reconnect' })
      assert.equal((await connect(world.attio, jo)).status, 303)
      await settle(10_000)
      assert.equal(inAttioOf('Call Grace').isCompleted, true)
    }))

  test('a change survives a restart, before or after it was sent', () =>
    begin(async ({ world, update, create, settle, inAttio, inAttioOf }) => {
      world.attio.control.faults.add({ count: 2, answer: { reset: 'after-commit' } })
      await update('Call Grace', { isCompleted: true })
      await create('Once')
      await world.restart()
      await settle()
      assert.equal(inAttioOf('Call Grace').isCompleted, true)
      assert.equal(inAttio().length, 2)
    }))
})

test('RL-09 a new task is not given up because the task list cannot be read', async () => {
  await using world = await createWorld({ attio: { seed: 'no-tasks' } })
  const { create, inAttio, settle, failed } = await startChanging(world)
  const { faults } = world.attio.control
  const answer = { reset: 'after-commit' } as const
  faults.add({ method: 'POST', path: '/v2/tasks', count: 1, answer })
  faults.add({ method: 'GET', path: '/v2/tasks', count: 75, answer: { status: 500 } })
  await create('Once')
  await settle(4 * 3_600_000)
  assert.deepEqual(await failed(), [])
  assert.equal(inAttio().filter(({ content }) => content === 'Once').length, 1)
})

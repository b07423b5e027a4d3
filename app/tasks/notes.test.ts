// Completing a task with a note on a linked record: the note reaches Attio exactly once, whatever fails, and only where the
// person may write it.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import { onEachEngine } from '../../testing/database/on-each-engine.ts'
import { startChanging, type Changing } from '../../testing/in-process/task-changes.ts'
import { startTeam } from '../../testing/in-process/team.ts'
import {
  createWorld,
  scopesWithNotes,
  type World,
  type WorldOptions,
} from '../../testing/in-process/testbed.ts'
import type { Recorded } from './changes.ts'

const quote = 'Send Initech the revised quote'
const said = 'They take it.\nInvoice in May.'
const signed = `${said}\n\nAda Byron`

onEachEngine('notes sent to Attio', (_, engine) => {
  const begin = async (play: (changing: Changing) => Promise<void>): Promise<void> => {
    const databaseUrl = await engine.createMigratedUrl()
    await using world = await createWorld({ databaseUrl, scopes: scopesWithNotes })
    await play(await startChanging(world))
  }

  test('a completed task shows at once, and its note is on the record after the time for undo', () =>
    begin(async (changing) => {
      const { world, settle, shownOf, inAttioOf } = changing
      const recorded = await complete(changing)
      assert.ok(recorded.kind === 'recorded')
      assert.equal(recorded.change.kind, 'update')
      assert.equal((await shownOf(quote)).isCompleted, true)
      await world.advanceUntil(world.taskr.idle())
      assert.equal(inAttioOf(quote).isCompleted, true)
      assert.deepEqual(notesOf(world), [])
      await settle()
      const [link] = (await shownOf(quote)).linkedRecords
      assert.deepEqual(notesOf(world), [
        { recordId: link?.recordId, title: `Completed: ${quote}`, text: signed },
      ])
      assert.equal((await shownOf(quote)).isPending, false)
      assert.equal(posts(world), 1)
    }))

  test('RL-09 a note whose answer is lost is found at Attio, and is not written again', () =>
    begin(async (changing) => {
      const { world, settle, failed } = changing
      const answer = { reset: 'after-commit' } as const
      world.attio.control.faults.add({ method: 'POST', path: '/v2/notes', count: 1, answer })
      await complete(changing)
      await settle()
      assert.deepEqual(
        notesOf(world).map(({ text }) => text),
        [signed],
      )
      assert.equal(posts(world), 1)
      assert.deepEqual(await failed(), [])
    }))
})

suite('notes on linked records', () => {
  for (const answer of [
    { reset: 'before-commit' },
    { status: 500, commit: true },
    { status: 429 },
    { truncate: 20 },
  ] as const) {
    test(`RL-09 a note whose answer is lost is written once: ${JSON.stringify(answer)}`, () =>
      begin(async (changing) => {
        const { world, settle } = changing
        world.attio.control.faults.add({ method: 'POST', path: '/v2/notes', count: 1, answer })
        await complete(changing)
        await settle()
        assert.deepEqual(
          notesOf(world).map(({ text }) => text),
          [signed],
        )
        assert.deepEqual(await changing.failed(), [])
      }))
  }

  for (const step of ['claimed', 'leaving', 'answered', 'finished'] as const) {
    let isDue = false
    test(`RL-09 a worker that dies at “${step}” neither loses nor doubles the note`, () =>
      begin(
        async (changing) => {
          const { world, settle } = changing
          await complete(changing)
          await world.advanceUntil(world.taskr.idle())
          isDue = true
          await settle(240_000)
          assert.equal(isDue, false)
          assert.deepEqual(
            notesOf(world).map(({ text }) => text),
            [signed],
          )
        },
        {
          reached: async (point) => {
            if (point !== step || !isDue) return
            isDue = false
            throw new Error('The worker dies here.')
          },
        },
      ))
  }

  test('undo within ten seconds reopens the task and writes no note', () =>
    begin(async (changing) => {
      const { world, owner, settle, inAttioOf } = changing
      const recorded = await complete(changing)
      assert.ok(recorded.kind === 'recorded')
      await world.advanceUntil(world.taskr.idle())
      await world.clock.advance(8_000)
      const undone = await world.taskr.parts.changes.undo(owner.accountId, recorded.change.changeId)
      assert.equal(undone.kind, 'reversed')
      await settle()
      await world.clock.advance(60_000)
      await settle()
      assert.equal(inAttioOf(quote).isCompleted, false)
      assert.deepEqual(notesOf(world), [])
    }))

  test('an undo that comes after the note has left changes nothing', () =>
    begin(async (changing) => {
      const { world, owner, settle, inAttioOf } = changing
      const recorded = await complete(changing)
      assert.ok(recorded.kind === 'recorded')
      await settle(11_000)
      assert.equal(notesOf(world).length, 1)
      const undone = await world.taskr.parts.changes.undo(owner.accountId, recorded.change.changeId)
      assert.equal(undone.kind, 'too-late')
      assert.equal(inAttioOf(quote).isCompleted, true)
    }))

  test('two people’s same notes on one record, with both answers lost, are two notes', () =>
    begin(async (changing) => {
      const { world, owner, settle, shownOf, failed } = changing
      const [link] = (await shownOf(quote)).linkedRecords
      assert.ok(link)
      const { changes } = world.taskr.parts
      const twin = await changes.create(
        owner,
        { content: quote, deadlineAt: null, assigneeIds: [], linkedRecords: [link] },
        'a task of the same text',
      )
      assert.ok(twin.kind === 'recorded')
      await settle()
      const answer = { reset: 'after-commit' } as const
      world.attio.control.faults.add({ method: 'POST', path: '/v2/notes', count: 2, answer })
      const note = { recordId: link.recordId, text: said }
      const tasks = (await changing.shown()).filter(({ content }) => content === quote)
      assert.equal(tasks.length, 2)
      for (const { taskId } of tasks) {
        await changes.completeWithNote({ ...owner, taskId }, note, `note on ${taskId}`)
      }
      await settle()
      assert.deepEqual(await failed(), [])
      assert.equal(notesOf(world).length, 2)
    }))

  test('when another app wrote the same note meanwhile, Taskr asks instead of guessing', () =>
    begin(async (changing) => {
      const { world, settle, failed } = changing
      const answer = { reset: 'after-commit' } as const
      world.attio.control.faults.add({ method: 'POST', path: '/v2/notes', count: 1, answer })
      await complete(changing)
      await world.advanceUntil(world.taskr.idle())
      await world.clock.advance(10_001)
      await world.advanceUntil(world.taskr.parts.changes.sendDue())
      const { notes } = world.attio.control.world
      const [first] = notes.all().filter(({ title }) => title.startsWith('Completed'))
      assert.ok(first)
      world.attio.control.world.transact(() => notes.put({ ...first, id: crypto.randomUUID() }))
      await settle()
      assert.deepEqual(await failed(), [{ kind: 'ambiguous', candidates: 2 }])
    }))

  test('a note is written even though its task was deleted in Attio meanwhile', () =>
    begin(async (changing) => {
      const { world, ada, inAttioOf, settle, failed } = changing
      await complete(changing)
      await world.advanceUntil(world.taskr.idle())
      ada.deleteTask(inAttioOf(quote).id)
      await world.advanceUntil(world.delivered())
      await settle()
      assert.equal(notesOf(world).length, 1)
      assert.deepEqual(await failed(), [])
    }))

  test('the title of a note is cut between two characters', () =>
    begin(async (changing) => {
      const { world, ada, settle } = changing
      const [link] = changing.inAttioOf(quote).linkedRecords
      assert.ok(link)
      const content = `${'x'.repeat(188)}🌻 and more`
      ada.addTask({
        content,
        assigneeIds: [standard.members.adaAtAcme],
        linkedRecords: [link],
      })
      await world.advanceUntil(world.delivered())
      await complete(changing, content)
      await settle()
      assert.deepEqual(
        notesOf(world).map(({ title }) => title),
        [`Completed: ${'x'.repeat(188)}`],
      )
    }))

  test('a note moves with a task whose text is replaced', () =>
    begin(async (changing) => {
      const { world, replace, settle, failed } = changing
      await replace(quote, 'Send Initech the final quote')
      await complete(changing, 'Send Initech the final quote')
      await settle()
      assert.deepEqual(
        notesOf(world).map(({ title }) => title),
        ['Completed: Send Initech the final quote'],
      )
      assert.deepEqual(await failed(), [])
    }))

  test('a note that Attio refuses is kept with the reason, and can be tried again', () =>
    begin(async (changing) => {
      const { world, owner, settle, failed } = changing
      const heal = world.attio.control.faults.add({
        method: 'POST',
        path: '/v2/notes',
        answer: {
          status: 404,
          body: {
            status_code: 404,
            type: 'invalid_request_error',
            code: 'not_found',
            message: 'Record not found.',
          },
        },
      })
      await complete(changing)
      await settle()
      assert.deepEqual(await failed(), [
        { kind: 'refused', status: 404, said: 'Record not found.' },
      ])
      heal()
      const { changes } = world.taskr.parts
      const [change] = (await changes.listOpen(owner.accountId)).failed
      assert.equal(change?.content, signed)
      assert.equal(await changes.tryAgain(owner.accountId, change.changeId), true)
      await settle()
      assert.equal(notesOf(world).length, 1)
    }))

  test('the same form sent twice is one note, and a task that is completed gets the note alone', () =>
    begin(async (changing) => {
      const { world, settle, update } = changing
      const [first, second] = [await complete(changing), await complete(changing)]
      assert.deepEqual(idOf(first), idOf(second))
      await settle()
      assert.equal(notesOf(world).length, 1)
      await update(quote, { isCompleted: true })
      const alone = await complete(changing, quote, 'another form')
      assert.ok(alone.kind === 'recorded' && alone.change.kind === 'note')
      await settle()
      assert.equal(notesOf(world).length, 2)
    }))

  test('a note on a record that the task is not linked to, a blank one and a long one are refused', () =>
    begin(async (changing) => {
      const { world, owner, shownOf } = changing
      const { taskId, linkedRecords } = await shownOf(quote)
      const recordId = linkedRecords[0]?.recordId ?? ''
      const task = { ...owner, taskId }
      const refusal = async (note: { recordId: string; text: string }) =>
        refusalOf(await world.taskr.parts.changes.completeWithNote(task, note, crypto.randomUUID()))
      assert.equal(await refusal({ recordId: crypto.randomUUID(), text: said }), 'not-linked')
      assert.equal(await refusal({ recordId, text: ' \n ' }), 'text-missing')
      assert.equal(await refusal({ recordId, text: 'x'.repeat(10_001) }), 'note-too-long')
      assert.equal((await shownOf(quote)).isCompleted, false)
      assert.equal(await refusal({ recordId, text: 'x'.repeat(10_000) }), undefined)
    }))

  test('a connection without the scope for notes refuses them', async () => {
    await using world = await createWorld()
    const changing = await startChanging(world)
    assert.equal(refusalOf(await complete(changing)), 'may-not-note')
    assert.equal((await changing.shownOf(quote)).isCompleted, false)
  })

  test('60 the note of a seat that ends before it is sent is not lost', async () => {
    await using team = await startTeam({ scopes: scopesWithNotes })
    const { world, owner } = team
    const { connectionId } = owner
    const ben = await team.join('ben', standard.members.benAtAcme, { sees: 'everyone' })
    const tasks = await world.taskr.parts.mirror.listTasks(
      [{ connectionId, sees: 'everyone', memberId: undefined }],
      { isCompleted: false, whose: { kind: 'everyone' }, limit: 500, offset: 0 },
    )
    const task = tasks.find(({ content }) => content === quote)
    assert.ok(task)
    const note = { recordId: task.linkedRecords[0]?.recordId ?? '', text: said }
    const { changes, seats } = world.taskr.parts
    const reference = { accountId: ben.accountId, connectionId, taskId: task.taskId }
    await changes.completeWithNote(reference, note, 'the form')
    await world.advanceUntil(world.taskr.idle())
    await seats.remove(owner, ben.accountId)
    const [ended] = await seats.listEnded(ben.accountId)
    assert.deepEqual(ended?.unsent, [`${said}\n\nBen Okafor`])
    await world.clock.advance(20_000)
    await world.advanceUntil(changes.sendDue())
    assert.deepEqual(notesOf(world), [])
  })

  test('60 a seat writes notes in its own name, if it may link, on tasks that it sees', async () => {
    await using team = await startTeam({ scopes: scopesWithNotes })
    const { world, owner } = team
    const { benAtAcme, danaAtAcme, adaAtAcme } = standard.members
    const seats = {
      everyone: await team.join('ben', benAtAcme, { sees: 'everyone', mayLink: true }),
      'without links': await team.join('dana', danaAtAcme, { sees: 'everyone', mayLink: false }),
    }
    const tasks = await world.taskr.parts.mirror.listTasks(
      [{ connectionId: owner.connectionId, sees: 'everyone', memberId: undefined }],
      { isCompleted: false, whose: { kind: 'everyone' }, limit: 500, offset: 0 },
    )
    const task = tasks.find(({ content }) => content === quote)
    assert.ok(task)
    assert.ok(task.assigneeIds.some((id) => id === adaAtAcme))
    const recordId = task.linkedRecords[0]?.recordId ?? ''
    const write = async (accountId: typeof owner.accountId) =>
      world.taskr.parts.changes.completeWithNote(
        { accountId, connectionId: owner.connectionId, taskId: task.taskId },
        { recordId, text: said },
        crypto.randomUUID(),
      )
    assert.equal(refusalOf(await write(seats['without links'].accountId)), 'may-not-link')
    const stranger = await world.signedUp('eve')
    const eve = await world.taskr.parts.accounts.findSession(
      stranger.cookies.get('taskr_session') ?? '',
    )
    assert.ok(eve)
    assert.equal(refusalOf(await write(eve.accountId)), 'no-such-connection')
    await world.taskr.parts.seats.changeRights(owner, seats.everyone.accountId, {
      sees: 'own',
      mayLink: true,
    })
    assert.equal(refusalOf(await write(seats.everyone.accountId)), 'no-such-task')
    await world.taskr.parts.seats.changeRights(owner, seats.everyone.accountId, {
      sees: 'everyone',
      mayLink: true,
    })
    assert.equal((await write(seats.everyone.accountId)).kind, 'recorded')
    await world.clock.advance(11_000)
    await world.advanceUntil(world.taskr.parts.changes.sendDue())
    assert.deepEqual(
      notesOf(world).map(({ text }) => text),
      [`${said}\n\nBen Okafor`],
    )
  })
})

async function begin(
  play: (changing: Changing) => Promise<void>,
  options: WorldOptions = {},
): Promise<void> {
  await using world = await createWorld({ scopes: scopesWithNotes, ...options })
  await play(await startChanging(world))
}

async function complete(
  { world, owner, shownOf }: Changing,
  content = quote,
  key = 'the form',
): Promise<Recorded> {
  const { taskId, linkedRecords } = await shownOf(content)
  const note = { recordId: linkedRecords[0]?.recordId ?? '', text: said }
  return await world.taskr.parts.changes.completeWithNote({ ...owner, taskId }, note, key)
}

/** Returns the notes that Taskr wrote. */
function notesOf({ attio }: World) {
  return attio.control.world.notes
    .all()
    .filter(({ title }) => title.startsWith('Completed: '))
    .map((note) => ({
      recordId: note.parentRecordId,
      title: note.title,
      text: note.contentPlaintext,
    }))
}

function posts({ attio }: World): number {
  return attio.control.journal.count({ method: 'POST', path: '/v2/notes' })
}

function refusalOf(recorded: Recorded): string | undefined {
  return recorded.kind === 'refused' ? recorded.refusal : undefined
}

function idOf(recorded: Recorded): string | undefined {
  return recorded.kind === 'recorded' ? recorded.change.changeId : undefined
}

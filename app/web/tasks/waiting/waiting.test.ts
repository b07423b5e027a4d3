// The page of changes that Attio does not have yet, while Attio is down, slow or limiting.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { startChanging, type Changing } from '../../../../testing/in-process/task-changes.ts'
import { wordsOf } from '../../../../testing/in-process/page-text.ts'
import { createWorld, type World } from '../../../../testing/in-process/testbed.ts'

async function begin(play: (changing: Changing) => Promise<void>): Promise<void> {
  await using world = await createWorld({ attio: { seed: 'no-tasks' } })
  const changing = await startChanging(world)
  changing.ada.addTask({ content: 'Call Grace' })
  await world.advanceUntil(world.taskr.parts.sync.syncNow(changing.owner, 0))
  await play(changing)
}

/** Waits until what is due was sent. */
async function attempt(world: World): Promise<void> {
  await world.advanceUntil(world.taskr.idle())
}

suite('changes that wait', () => {
  test('while Attio is down, the page says what waits and until when, and the list leads there', () =>
    begin(async ({ world, jo, update, create }) => {
      world.attio.control.faults.add({ path: '/v2/tasks*', answer: { status: 503 } })
      await update('Call Grace', { isCompleted: true })
      await update('Call Grace', { deadlineAt: Date.UTC(2026, 11, 1) })
      await create('Write to Heidi')
      await attempt(world)
      assert.match(
        (await jo.get('/')).body,
        /<a class="saving" href="\/changes">Saving 3 changes<\/a>/,
      )
      const words = wordsOf((await jo.get('/changes')).body)
      assert.match(
        words,
        /Complete “Call Grace” Attio didn’t take it yet, next try in \d+ seconds?/,
      )
      assert.match(words, /“Call Grace” Waits for the change before it/)
      assert.match(words, /Add “Write to Heidi”/)
    }))

  test('a change that waits can be given up: the task shows Attio’s values again, and nothing is sent', () =>
    begin(async ({ world, jo, update, shownOf, inAttioOf, settle }) => {
      const heal = world.attio.control.faults.add({ path: '/v2/tasks/*', answer: { status: 503 } })
      const completed = await update('Call Grace', { isCompleted: true })
      await update('Call Grace', { deadlineAt: Date.UTC(2026, 11, 1) })
      await attempt(world)
      assert.ok(completed.kind === 'recorded')
      const discard = `/changes/${completed.change.changeId}/dismissal`
      assert.equal((await jo.post(discard, { returnTo: '/changes' })).location, '/changes')
      assert.match(wordsOf((await jo.get('/changes')).body), /Discarded your change\./)
      const { isCompleted, deadlineAt } = await shownOf('Call Grace')
      assert.deepEqual([isCompleted, deadlineAt], [false, Date.UTC(2026, 11, 1)])
      await jo.post(discard, { returnTo: '/changes' })
      assert.match(wordsOf((await jo.get('/changes')).body), /Already taken care of\./)
      heal()
      await settle()
      assert.equal(inAttioOf('Call Grace').isCompleted, false)
      assert.equal(inAttioOf('Call Grace').deadlineAt, Date.UTC(2026, 11, 1))
      assert.match(wordsOf((await jo.get('/changes')).body), /Everything is saved/)
    }))

  test('a new task that waits can be given up, with the changes that were made to it', () =>
    begin(async ({ world, jo, create, update, shown, inAttio, settle }) => {
      const heal = world.attio.control.faults.add({ path: '/v2/tasks', answer: { status: 503 } })
      const added = await create('Write to Heidi')
      await update('Write to Heidi', { isCompleted: true })
      await attempt(world)
      assert.ok(added.kind === 'recorded')
      await jo.post(`/changes/${added.change.changeId}/dismissal`, { returnTo: '/changes' })
      heal()
      await settle()
      assert.deepEqual(
        (await shown()).map(({ content }) => content),
        ['Call Grace'],
      )
      assert.deepEqual(
        inAttio().map(({ content }) => content),
        ['Call Grace'],
      )
      assert.match(wordsOf((await jo.get('/changes')).body), /Everything is saved/)
    }))

  test('a waiting change is another person’s neither to see nor to give up', () =>
    begin(async ({ world, update }) => {
      world.attio.control.faults.add({ path: '/v2/tasks/*', answer: { status: 503 } })
      const completed = await update('Call Grace', { isCompleted: true })
      await attempt(world)
      assert.ok(completed.kind === 'recorded')
      const eve = await world.signedUp('eve')
      assert.doesNotMatch((await eve.get('/changes')).body, /Call Grace/)
      await eve.post(`/changes/${completed.change.changeId}/dismissal`, { returnTo: '/changes' })
      const { changes } = world.taskr.parts
      const [still] = await changes.listWaiting(completed.change.accountId, 10)
      assert.equal(still?.changeId, completed.change.changeId)
    }))
})

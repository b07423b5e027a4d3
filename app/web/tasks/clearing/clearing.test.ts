// Overdue tasks: all moved to today by one form, or decided one at a time by a page with forms.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { startChanging, type Changing } from '../../../../testing/in-process/task-changes.ts'
import { wordsOf } from '../../../../testing/in-process/page-text.ts'
import { createWorld, type World } from '../../../../testing/in-process/testbed.ts'

const day = 86_400_000
const texts = ['Longest overdue', 'Long overdue', 'Just overdue']

suite('overdue tasks', () => {
  test('65 one form moves every overdue task to today, and one Undo brings all back', async () => {
    await using world = await createWorld()
    const changing = await withOverdue(world)
    const before = await deadlines(changing)
    const { body } = await changing.jo.get('/')
    assert.match(wordsOf(body), /Overdue 3 Clear them Move all to today/)
    const moved = await changing.jo.post('/tasks/overdue', {
      ...keyOf(body),
      returnTo: '/',
      list: '/?view=overdue',
    })
    assert.deepEqual([moved.status, moved.location], [303, '/'])
    const page = await changing.jo.get('/')
    assert.match(wordsOf(page.body), /3 tasks moved to today Undo/)
    assert.doesNotMatch(wordsOf(page.body), /Overdue \d+ Clear/)
    const [batch = ''] = /name="batch" value="([\w-]+)"/.exec(page.body)?.slice(1) ?? []
    await changing.jo.post('/tasks/overdue/undoing', { returnTo: '/', batch, count: '3' })
    assert.match(wordsOf((await changing.jo.get('/')).body), /Undone\./)
    assert.deepEqual(await deadlines(changing), before)
  })

  test('65 clearing shows one task at a time, and the last page counts the decisions', async () => {
    await using world = await createWorld()
    const { jo, shownOf } = await withOverdue(world)
    let page = await jo.get('/clear')
    assert.match(wordsOf(page.body), /1 of 3 Longest overdue Overdue for 5 weeks/)
    page = await decide(jo, page.body, 'done')
    assert.match(wordsOf(page.body), /2 of 3 Long overdue Overdue for 8 days/)
    page = await decide(jo, page.body, 'tomorrow')
    assert.match(wordsOf(page.body), /3 of 3 Just overdue Due yesterday/)
    page = await decide(jo, page.body, 'skipped')
    assert.match(wordsOf(page.body), /3 tasks decided: 1 done, 1 moved, 1 skipped\./)
    assert.equal((await shownOf('Longest overdue')).isCompleted, true)
    const moved = Number((await shownOf('Long overdue')).deadlineAt)
    assert.ok(moved > world.clock.now() && moved < world.clock.now() + 2 * day)
  })

  test('65 going back undoes the last decision, however long ago it was', async () => {
    await using world = await createWorld()
    const { jo, shownOf } = await withOverdue(world)
    const first = await jo.get('/clear')
    const second = await decide(jo, first.body, 'done')
    await world.advanceUntil(world.taskr.idle())
    await world.clock.advance(60_000)
    const again = await decide(jo, second.body, 'back')
    assert.match(wordsOf(again.body), /1 of 3 Longest overdue/)
    assert.equal((await shownOf('Longest overdue')).isCompleted, false)
    const other = await decide(jo, again.body, 'today')
    assert.match(wordsOf(other.body), /2 of 3 Long overdue/)
    const skipped = await decide(jo, other.body, 'skipped')
    assert.match(wordsOf((await decide(jo, skipped.body, 'back')).body), /2 of 3 Long overdue/)
  })

  test('65 a task can be given to a colleague, and a refused decision stays at the task', async () => {
    await using world = await createWorld()
    const { jo, shownOf } = await withOverdue(world)
    const page = await jo.get('/clear?give=yes')
    const [, member = ''] = /<option value="([\w-]+)">Ben/.exec(page.body) ?? []
    const next = await decide(jo, page.body, 'given', { 'assignee[]': member })
    assert.match(wordsOf(next.body), /2 of 3 Long overdue/)
    assert.deepEqual((await shownOf('Longest overdue')).assigneeIds, [member])
    const refused = await decide(jo, next.body, 'given', { 'assignee[]': crypto.randomUUID() })
    assert.match(wordsOf(refused.body), /Someone you chose has left.*2 of 3 Long overdue/)
  })

  test('an address that Taskr did not make starts clearing anew', async () => {
    await using world = await createWorld()
    const { jo } = await withOverdue(world)
    for (const state of [
      'x',
      '3.d',
      '3.dAAAAAABBBBBBBBB',
      '-1',
      `3${'.dAAAAAABBBBBBBB'.repeat(201)}`,
    ]) {
      assert.match(wordsOf((await jo.get(`/clear?state=${state}`)).body), /1 of 3/, state)
    }
    assert.equal((await jo.get('/clear?whose=unknown')).status, 404)
  })
})

/** Leaves only three overdue tasks, assigned to Jo. */
async function withOverdue(world: World): Promise<Changing> {
  const changing = await startChanging(world)
  const now = world.clock.now()
  const overdue = (await changing.shown()).filter(
    ({ deadlineAt, isCompleted }) =>
      !isCompleted && deadlineAt !== null && Number(deadlineAt) < now,
  )
  for (const { content } of overdue) await changing.update(content, { deadlineAt: null })
  const [me] = await world.taskr.parts.connections.list(changing.owner.accountId)
  const assigneeIds = me?.memberId === undefined ? [] : [me.memberId]
  for (const [at, content] of texts.entries()) {
    await changing.create(content)
    const deadlineAt = now - ([38, 8, 1][at] ?? 0) * day
    await changing.update(content, { deadlineAt, assigneeIds })
  }
  return changing
}

async function deadlines({ shownOf }: Changing) {
  return await Promise.all(texts.map(async (text) => (await shownOf(text)).deadlineAt))
}

function keyOf(body: string): Readonly<Record<string, string>> {
  return { requestKey: /name="requestKey" value="([\w-]+)"/.exec(body)?.[1] ?? '' }
}

/** Sends the form of a page, and returns the page that follows. */
async function decide(
  jo: Changing['jo'],
  body: string,
  decision: string,
  more: Readonly<Record<string, string>> = {},
) {
  const form = /<form method="post" action="\/clear".*?<\/form>/s.exec(body)?.[0] ?? ''
  const fields = [...form.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)]
  const sent = Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value]))
  const answer = await jo.post('/clear', { ...sent, decision, ...more })
  assert.equal(answer.status, 303, answer.body)
  return await jo.get(answer.location ?? '')
}

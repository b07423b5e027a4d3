// Overdue tasks: all moved to today by one form, or decided one at a time by a page with forms.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import { asMemberId } from '../../../support/ids.ts'
import { startChanging, type Changing } from '../../../../testing/in-process/task-changes.ts'
import { wordsOf } from '../../../../testing/in-process/page-text.ts'
import { connect, createWorld, type World } from '../../../../testing/in-process/testbed.ts'

const day = 86_400_000
const texts = ['Longest overdue', 'Long overdue', 'Just overdue']

suite('overdue tasks', () => {
  test('65 one form moves every overdue task to today, and one Undo brings all back', async () => {
    await using world = await createWorld()
    const changing = await withOverdue(world)
    const before = await deadlines(changing)
    const { body } = await changing.jo.get('/')
    assert.match(wordsOf(body), /Overdue 3 Clear 3 Move 3 to today/)
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

  test('giving a task away keeps an assignee who was added in Attio after the page was shown', async () => {
    await using world = await createWorld()
    const { jo, shownOf, ada, settle, inAttioOf } = await withOverdue(world)
    await settle()
    const page = await jo.get('/clear?give=yes')
    const { benAtAcme, danaAtAcme } = standard.members
    const { taskId, assigneeIds } = await shownOf('Longest overdue')
    ada.updateTask(taskId, { assigneeIds: [...assigneeIds, danaAtAcme] })
    await world.advanceUntil(world.delivered())
    await decide(jo, page.body, 'given', { 'assignee[]': benAtAcme })
    await settle()
    assert.deepEqual(
      inAttioOf('Longest overdue').assigneeIds.toSorted(),
      [benAtAcme, danaAtAcme].toSorted(),
    )
  })

  test('“Tomorrow” and “Next week” pressed right after midnight mean the days that the page showed, and “Today” the new day', async () => {
    for (const decision of ['today', 'tomorrow', 'next-monday']) {
      await using world = await createWorld()
      const { jo, shownOf } = await withOverdue(world)
      // The last minute of a Sunday in Berlin.
      await world.clock.advance(Date.parse('2026-11-29T23:59:00+01:00') - world.clock.now())
      const page = await jo.get('/clear')
      await world.clock.advance(120_000)
      await decide(jo, page.body, decision)
      const { deadlineAt } = await shownOf('Longest overdue')
      assert.match(new Date(Number(deadlineAt)).toISOString(), /^2026-11-30/, decision)
    }
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

  test('moving and clearing follow the search and the filters of the list', async () => {
    await using world = await createWorld()
    const { jo, shownOf } = await withOverdue(world)
    const before = (await shownOf('Just overdue')).deadlineAt
    const list = await jo.get('/?whose=everyone&q=long')
    assert.match(wordsOf(list.body), /Overdue 2 Clear 2 Move 2 to today/)
    const clear = /href="(\/clear\?[^"]+)"/.exec(list.body)?.[1]?.replaceAll('&amp;', '&') ?? ''
    assert.equal(clear, '/clear?whose=everyone&q=long')
    const first = await jo.get(clear)
    assert.match(wordsOf(first.body), /1 of 2 Longest overdue/)
    const second = await decide(jo, first.body, 'skipped')
    assert.match(wordsOf(second.body), /2 of 2 Long overdue/)
    const last = await decide(jo, second.body, 'skipped')
    assert.match(last.body, /href="\/\?whose=everyone&amp;q=long"/)
    const moved = /name="list"\s+value="([^"]*)"/.exec(list.body)?.[1]?.replaceAll('&amp;', '&')
    await jo.post('/tasks/overdue', { ...keyOf(list.body), returnTo: '/', list: moved ?? '' })
    assert.match(wordsOf((await jo.get('/')).body), /2 tasks moved to today/)
    assert.equal((await shownOf('Just overdue')).deadlineAt, before)
  })

  test('moving and clearing follow the member and the record of the list', async () => {
    await using world = await createWorld()
    const { jo, owner, shownOf, update } = await withOverdue(world)
    const [linked] = (await shownOf('Send Initech the revised quote')).linkedRecords
    assert.ok(linked)
    await update('Long overdue', { linkedRecords: [linked] })
    await update('Just overdue', { assigneeIds: [asMemberId(standard.members.benAtAcme)] })
    for (const [filter, text] of [
      [`record=${linked.recordId}`, 'Long overdue'],
      [`member=${standard.members.benAtAcme}`, 'Just overdue'],
      [`record=${linked.recordId}&workspace=${owner.connectionId}`, 'Long overdue'],
    ] as const) {
      const { body } = await jo.get(`/?view=overdue&${filter}`)
      assert.match(wordsOf(body), /Clear 1 Move 1 to today/, filter)
      assert.match(wordsOf((await jo.get(`/clear?${filter}`)).body), new RegExp(`1 of 1 ${text}`))
      await jo.post('/tasks/overdue', { ...keyOf(body), returnTo: '/', list: `/?${filter}` })
      assert.ok(Number((await shownOf(text)).deadlineAt) > world.clock.now() - day, filter)
      await update(text, { deadlineAt: world.clock.now() - 2 * day })
    }
  })

  test('the buttons count only tasks of workspaces that can be changed', async () => {
    await using world = await createWorld()
    const { jo } = await withOverdue(world)
    const globex = world.attio.control.as({
      member: standard.people.ada.emailAddress,
      workspace: 'globex',
    })
    globex.addTask({ content: 'Late at Globex', deadlineAt: world.clock.now() - 3 * day })
    await connect(world.attio, jo, { workspace: 'globex' })
    await world.taskr.idle()
    const overdue = async (): Promise<string> =>
      /Overdue (\d+) Clear (\d+) Move (\d+) to today/.exec(
        wordsOf((await jo.get('/?whose=everyone')).body),
      )?.[0] ?? ''
    const all = await overdue()
    const [, total, clear] = /Overdue (\d+) Clear (\d+)/.exec(all) ?? []
    assert.ok(Number(total) > 3 && total === clear, all)
    world.attio.control.removeApp(world.clientId, 'globex')
    const { connectionId } = await world.ownerOf(jo, 'globex')
    const { accountId } = await world.ownerOf(jo)
    await world.advanceUntil(world.taskr.parts.sync.syncNow({ accountId, connectionId }, 0))
    assert.equal(await overdue(), `Overdue ${total} Clear 3 Move 3 to today`)
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
  const fields = [...form.matchAll(/type="hidden"\s+name="(\w+)"\s+value="([^"]*)"/g)]
  const sent = Object.fromEntries(fields.map(([, name = '', value = '']) => [name, value]))
  const answer = await jo.post('/clear', { ...sent, decision, ...more })
  assert.equal(answer.status, 303, answer.body)
  return await jo.get(answer.location ?? '')
}

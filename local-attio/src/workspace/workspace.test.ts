import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { createTestAttio, noon, type TestAttio } from '../for-tests.ts'
import { createVisitor, type Visitor } from '../pages/for-tests/visitor.ts'
import { standard, acmeTaskId } from '../seed/standard.ts'
import type { Task } from '../world/entities.ts'
import type { AttioEvent } from '../world/events.ts'

const { ada, ben, cleo, dana } = standard.people
const { acme, globex } = standard.workspaces

async function at(attio: TestAttio, person: { readonly id: string }): Promise<Visitor> {
  const visitor = createVisitor(attio)
  await visitor.signIn(person)
  await visitor.open('/workspaces/acme')
  return visitor
}

/** Collects the events from now on, as webhooks would deliver them. */
function listen(attio: TestAttio): AttioEvent[] {
  const events: AttioEvent[] = []
  attio.control.world.onEvent((event) => events.push(event))
  return events
}

function newest(attio: TestAttio): Task | undefined {
  return attio.control.world.tasks.all().at(-1)
}

suite('access to a workspace', () => {
  test('a workspace asks to sign in first and then shows the page', async () => {
    const visitor = createVisitor(createTestAttio())
    await visitor.open('/workspaces/acme/tasks?view=done')
    await visitor.press('Ben Okafor ben@acme.example Member of Acme Robotics')
    assert.equal(visitor.page.address, '/workspaces/acme/tasks?view=done')
    assert.match(visitor.page.text, /You are/)
  })

  test('8.2.2 non-members and suspended members see and change nothing', async () => {
    const attio = createTestAttio()
    const task = `/workspaces/acme/tasks/${acmeTaskId(1)}`
    const tasks = JSON.stringify(attio.control.world.tasks.all())
    for (const person of [cleo, standard.people.edith]) {
      const visitor = await at(attio, person)
      for (const path of ['/workspaces/acme/tasks', task, '/workspaces/acme/settings/apps']) {
        const page = await visitor.open(path)
        assert.equal(page.status, 403, path)
        assert.doesNotMatch(page.text, /Send Initech|access token/)
      }
      for (const path of [
        '/workspaces/acme/tasks',
        task,
        `${task}/completion`,
        `${task}/deletion`,
        `/workspaces/acme/settings/apps/${attio.clientId}/removal`,
      ]) {
        const form = { content: 'Mine now', completed: 'yes' }
        assert.equal((await visitor.post(path, form)).status, 403, path)
      }
    }
    assert.equal(JSON.stringify(attio.control.world.tasks.all()), tasks)
    assert.equal((await attio.call('GET', '/v2/tasks')).status, 200)
  })

  test('a task of another workspace is not found', async () => {
    const attio = createTestAttio()
    const visitor = await at(attio, ada)
    const foreign = attio.control.world.taskOrder(globex.id, 'created_at:asc')[0]
    for (const path of ['', '/completion', '/deletion']) {
      const address = `/workspaces/acme/tasks/${foreign?.id}${path}`
      assert.equal((await visitor.post(address, { completed: 'yes' })).status, 404)
    }
    assert.deepEqual(attio.control.world.tasks.get(foreign?.id ?? ''), foreign)
  })

  test('a person switches to another member with one choice', async () => {
    const visitor = await at(createTestAttio(), cleo)
    assert.match(visitor.page.text, /You are suspended in Acme Robotics/)
    await visitor.press('Switch', { Become: 'dana@acme.example' })
    assert.equal(visitor.page.status, 200)
    await visitor.press('Switch', { 'You are': 'Ada Byron, admin' })
    assert.match(visitor.page.text, /ada@acme\.example Sign out/)
  })
})

suite('the list', () => {
  test('overdue tasks come first, then today’s, later ones, and those without a deadline', async () => {
    const attio = createTestAttio()
    const { page } = await at(attio, ben)
    const groups = page.headings.filter((heading) => / \d+$/.test(heading))
    assert.deepEqual(
      groups.map((heading) => heading.replace(/ \d+$/, '')),
      ['Overdue', 'Today', 'Upcoming', 'No deadline'],
    )
    const tasks = attio.control.world.tasks.all().filter((task) => task.workspaceId === acme.id)
    const open = tasks.filter((task) => !task.isCompleted)
    const late = open.filter((task) => task.deadlineAt !== null && task.deadlineAt < noon)
    assert.equal(groups[0], `Overdue ${late.length}`)
    assert.ok(page.text.includes(`Open ${open.length} Done ${tasks.length - open.length}`))
  })

  test('a page holds 100 tasks, and none is lost between pages', async () => {
    const attio = createTestAttio({ seed: { tasks: 500 } })
    const visitor = await at(attio, ada)
    const seen = new Set<string>()
    for (let pages = 0; pages < 10; pages += 1) {
      const shown = visitor.page.links.filter(({ href }) => /\/tasks\/[0-9a-f-]{36}$/.test(href))
      assert.ok(shown.length <= 100)
      for (const { href } of shown) seen.add(href)
      if (!visitor.page.links.some(({ label }) => label === 'Next')) break
      await visitor.follow('Next')
    }
    const open = attio.control.world.tasks
      .all()
      .filter((task) => task.workspaceId === acme.id && !task.isCompleted)
    assert.equal(seen.size, open.length)
    assert.ok(open.length > 100)
    assert.match((await visitor.open('/workspaces/acme/tasks?page=99999')).text, /Page (\d) of \1/)
    assert.equal((await visitor.open('/workspaces/acme/tasks?page=-1')).status, 200)
  })

  test('an empty list says what to do', async () => {
    const visitor = await at(createTestAttio({ seed: 'no-tasks' }), ada)
    assert.match(visitor.page.text, /Nothing to do Add a task above/)
    assert.match((await visitor.follow('Done 0')).text, /Nothing done yet/)
  })
})

suite('adding a task', () => {
  test('52 a new task is in the API with its author and causes an event', async () => {
    const attio = createTestAttio()
    const events = listen(attio)
    const visitor = await at(attio, ben)
    await visitor.press('Add task', {
      'New task': '  Order forty elbows  ',
      'Deadline (UTC)': '2026-05-20T09:30',
      Assignee: 'dana@acme.example',
      'Linked record': 'Initech',
    })
    assert.match(visitor.page.text, /Task added\./)
    const task = newest(attio)
    assert.equal(task?.content, 'Order forty elbows')
    assert.equal(task.deadlineAt, Date.UTC(2026, 4, 20, 9, 30))
    assert.deepEqual(task.assigneeIds, [standard.members.danaAtAcme])
    assert.equal(task.linkedRecords.length, 1)
    const actor = { type: 'workspace-member', id: standard.members.benAtAcme }
    assert.deepEqual(task.createdByActor, actor)
    const id = { workspace_id: acme.id, task_id: task.id }
    assert.deepEqual(events, [{ event_type: 'task.created', id, actor }])
    assert.equal((await attio.call('GET', `/v2/tasks/${task.id}`)).status, 200)
  })

  test('a problem is shown beside its field, and the input is kept', async () => {
    const attio = createTestAttio()
    const visitor = await at(attio, ben)
    const { size } = attio.control.world.tasks
    const typed = { 'New task': 'x'.repeat(2001), 'Deadline (UTC)': 'soon', Assignee: 'Ada Byron' }
    const page = await visitor.press('Add task', typed)
    assert.equal(page.status, 400)
    assert.match(page.text, /2000 characters at most; this has 2001/)
    assert.match(page.text, /Enter a date and a time, or leave it empty/)
    const controls = page.forms.flatMap((form) => form.controls)
    const kept = (label: string) => controls.find((one) => one.label === label)?.value
    assert.equal(kept('New task'), typed['New task'])
    assert.equal(kept('Deadline (UTC)'), 'soon')
    assert.equal(kept('Assignee'), standard.members.adaAtAcme)
    assert.match((await visitor.press('Add task', { 'New task': ' ' })).text, /Enter a task/)
    const foreign = { content: 'x', assignee: standard.members.edithAtGlobex, link: 'nowhere' }
    const refused = await visitor.post('/workspaces/acme/tasks', foreign)
    assert.match(refused.text, /Pick members of this workspace/)
    assert.match(refused.text, /Pick records of this workspace/)
    assert.equal(attio.control.world.tasks.size, size)
  })
})

suite('one task', () => {
  const path = `/workspaces/acme/tasks/${acmeTaskId(2)}`

  test('a task is completed and reopened from the list, which keeps its position', async () => {
    const attio = createTestAttio({ seed: { tasks: 500 } })
    const events = listen(attio)
    const visitor = await at(attio, ben)
    await visitor.follow('Next')
    const label = visitor.page.forms
      .flatMap((form) => form.buttons)
      .find((button) => button.label.startsWith('Complete: '))?.label
    await visitor.press(label ?? '')
    assert.equal(visitor.page.address, '/workspaces/acme/tasks?page=2&said=completed')
    const id = events[0]?.id['task_id'] ?? ''
    assert.equal(attio.control.world.tasks.get(id)?.completedAt, noon)
    await visitor.open('/workspaces/acme/tasks?view=done')
    await visitor.press(`Reopen: ${label?.slice('Complete: '.length)}`)
    assert.equal(visitor.page.address, '/workspaces/acme/tasks?view=done&said=reopened')
    assert.equal(attio.control.world.tasks.get(id)?.completedAt, null)
    assert.deepEqual(
      events.map((event) => event.event_type),
      ['task.updated', 'task.updated'],
    )
  })

  test('a task’s deadline, assignee and link change without other changes', async () => {
    const attio = createTestAttio()
    const events = listen(attio)
    const task = () => attio.control.world.tasks.get(acmeTaskId(2))
    const before = task()
    const visitor = await at(attio, ben)
    await visitor.open(path)
    await visitor.press('Save changes')
    assert.deepEqual(task(), before)
    await visitor.press('Save changes', {
      'Deadline (UTC)': '2026-05-19T08:15:30.250',
      'Ada Byron': false,
      'dana@acme.example': true,
      'Grace Hopper': false,
      'Link another record': 'Hooli',
    })
    assert.match(visitor.page.text, /Changes saved\./)
    assert.equal(task()?.deadlineAt, Date.UTC(2026, 4, 19, 8, 15, 30, 250))
    assert.deepEqual(task()?.assigneeIds, [standard.members.danaAtAcme])
    assert.equal(task()?.linkedRecords.length, 1)
    assert.notDeepEqual(task()?.linkedRecords, before?.linkedRecords)
    await visitor.press('Save changes')
    assert.equal(task()?.deadlineAt, Date.UTC(2026, 4, 19, 8, 15, 30, 250))
    await visitor.press('Save changes', { 'Deadline (UTC)': '', 'dana@acme.example': false })
    assert.equal(task()?.deadlineAt, null)
    assert.deepEqual(task()?.assigneeIds, [])
    assert.equal(task()?.content, before?.content)
    assert.equal(events.length, 4)
  })

  test('a task keeps a suspended assignee until a member removes them', async () => {
    const attio = createTestAttio()
    const id =
      attio.control.world.tasks.find((one) => one.content.startsWith('Left over'))?.id ?? ''
    const visitor = await at(attio, ben)
    await visitor.open(`/workspaces/acme/tasks/${id}`)
    await visitor.press('Save changes', { 'dana@acme.example': true })
    assert.deepEqual(attio.control.world.tasks.get(id)?.assigneeIds, [
      standard.members.cleoAtAcme,
      standard.members.danaAtAcme,
    ])
  })

  test('a deleted task is gone permanently', async () => {
    const attio = createTestAttio()
    const events = listen(attio)
    const visitor = await at(attio, dana)
    await visitor.open(path)
    await visitor.press('Yes, delete it for good')
    assert.match(visitor.page.text, /Task deleted\./)
    assert.deepEqual(
      events.map((event) => event.event_type),
      ['task.deleted'],
    )
    assert.equal((await attio.call('GET', `/v2/tasks/${acmeTaskId(2)}`)).status, 404)
    assert.equal((await visitor.open(path)).status, 404)
  })

  test('completing a task redirects only to this server', async () => {
    const visitor = await at(createTestAttio(), ben)
    const form = { completed: 'yes', return_to: 'https://evil.example/' }
    assert.equal((await visitor.post(`${path}/completion`, form)).address, '/?said=completed')
  })
})

suite('workspace settings: apps', () => {
  test('10.7.1 an admin sees who authorized an app and removes it with its tokens', async () => {
    const attio = createTestAttio()
    const elsewhere = attio.issueAccessToken({
      clientId: attio.clientId,
      workspace: 'globex',
      memberEmail: ada.emailAddress,
    })
    const visitor = await at(attio, ada)
    await visitor.follow('Apps')
    assert.match(visitor.page.text, /Taskr 1 access token, authorized by Ada Byron/)
    await visitor.press('Yes, remove Taskr')
    assert.match(visitor.page.text, /Its tokens for this workspace no longer work/)
    assert.match(visitor.page.text, /No app is installed/)
    assert.equal((await attio.call('GET', '/v2/tasks')).status, 401)
    assert.equal((await attio.call('GET', '/v2/tasks', undefined, elsewhere)).status, 200)
  })

  test('a member without admin rights sees the apps but cannot remove them', async () => {
    const attio = createTestAttio()
    const visitor = await at(attio, ben)
    await visitor.follow('Apps')
    assert.match(visitor.page.text, /Taskr.*since/)
    assert.match(visitor.page.text, /Only an admin can do it/)
    const removal = `/workspaces/acme/settings/apps/${attio.clientId}/removal`
    assert.equal((await visitor.post(removal)).status, 403)
    assert.equal((await attio.call('GET', '/v2/tasks')).status, 200)
  })
})

suite('a record', () => {
  const records = z.object({
    data: z.array(z.object({ web_url: z.string(), id: z.object({ record_id: z.string() }) })),
  })

  test('38 the web_url of a record leads to a page with its values and tasks', async () => {
    const attio = createTestAttio()
    const answer = await attio.call('POST', '/v2/objects/companies/records/query', {
      filter: { domains: 'initech.example' },
    })
    const [initech] = answer.as(records).data
    const visitor = await at(attio, ben)
    const page = await visitor.open(initech?.web_url ?? '')
    assert.equal(page.headings[0], 'Initech')
    assert.match(page.text, /Acme Robotics · Company/)
    assert.match(page.text, /Domains initech\.example/)
    assert.ok(page.text.includes(initech?.id.record_id ?? '?'))
    await visitor.follow('Send Initech the revised quote')
    assert.equal(visitor.page.address, `/workspaces/acme/tasks/${acmeTaskId(1)}`)
  })

  test('every record of the standard seed has a page, for members only', async () => {
    const attio = createTestAttio()
    const visitor = await at(attio, ben)
    for (const slug of ['companies', 'people', 'deals', 'robots']) {
      const answer = await attio.call('POST', `/v2/objects/${slug}/records/query`, {})
      for (const { web_url } of answer.as(records).data) {
        assert.equal((await visitor.open(web_url)).status, 200, web_url)
        const stranger = await at(attio, standard.people.edith)
        assert.equal((await stranger.open(web_url)).status, 403)
      }
    }
  })
})

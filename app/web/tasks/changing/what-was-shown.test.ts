// A form means what its page showed when it was shown: lists, dates and workspaces.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import type { Browser } from '../../../../testing/in-process/http-browser.ts'
import { wordsOf } from '../../../../testing/in-process/page-text.ts'
import { asTaskId } from '../../../support/ids.ts'
import {
  connect,
  createWorld,
  password,
  type World,
} from '../../../../testing/in-process/testbed.ts'
import { paths } from '../../addresses.ts'

const { adaAtAcme: ada, benAtAcme: ben, cleoAtAcme: cleo, danaAtAcme: dana } = standard.members

suite('a form means what its page showed', () => {
  test('saving assignees on a page that is out of date keeps whom others have added', async () => {
    await using world = await worldWithTask()
    const jo = await world.connected()
    const { address, page } = await open(world, jo)
    assert.match(page, new RegExp(`name="shown"\\s+value="${ada}"`))
    inAttio(world).updateTask(taskOf(world).id, { assigneeIds: [ada, ben] })
    const fields = new URLSearchParams({ ...keyOf(page), returnTo: '/', shown: ada })
    for (const memberId of [ada, dana]) fields.append('assignee[]', memberId)
    await jo.post(`${address}/assignees`, fields.toString())
    await world.advanceUntil(world.taskr.idle())
    assert.deepEqual(assigned(world), [ada, ben, dana].toSorted())
  })

  test('a suspended assignee is shown as no longer active, and stays until the person removes them', async () => {
    await using world = await worldWithTask([ada, cleo])
    const jo = await world.connected()
    const { address, page } = await open(world, jo)
    const box = new RegExp(`value="${cleo}"\\s+checked`)
    assert.match(page, box)
    assert.match(wordsOf(page), /no longer active/)
    const shown = `${ada} ${cleo}`
    const add = new URLSearchParams({ ...keyOf(page), returnTo: '/', shown })
    for (const memberId of [ada, cleo, ben]) add.append('assignee[]', memberId)
    await jo.post(`${address}/assignees`, add.toString())
    await world.advanceUntil(world.taskr.idle())
    assert.deepEqual(assigned(world), [ada, ben, cleo].toSorted())
    const again = await open(world, jo)
    const remove = new URLSearchParams({ ...keyOf(again.page), returnTo: '/', shown })
    remove.append('assignee[]', ada)
    await jo.post(`${address}/assignees`, remove.toString())
    await world.advanceUntil(world.taskr.idle())
    assert.deepEqual(assigned(world), [ada, ben].toSorted())
  })

  test('assigning many tasks replaces only the assignees that the rows showed', async () => {
    await using world = await worldWithTask()
    const jo = await world.connected()
    const { name, page } = await open(world, jo)
    inAttio(world).updateTask(taskOf(world).id, { assigneeIds: [ada, ben] })
    const fields = new URLSearchParams({ ...keyOf(page), returnTo: '/', action: 'assignees' })
    fields.append('task[]', name)
    fields.append('shown[]', `${name} ${ada}`)
    fields.append('assignee[]', dana)
    const answer = await jo.post('/tasks/bulk', fields.toString())
    assert.equal(answer.status, 200, answer.body)
    await world.advanceUntil(world.taskr.idle())
    assert.deepEqual(assigned(world), [ben, dana].toSorted())
  })

  test('the button “Tomorrow” pressed after midnight means the day that it showed', async () => {
    await using world = await worldWithTask()
    const jo = await world.connected()
    await world.clock.advance(Date.UTC(2026, 10, 23, 22, 59) - world.clock.now())
    const { address, page } = await open(world, jo)
    const day = /name="day" value="([^"]+)">\s*Tomorrow/.exec(page)?.[1]
    assert.equal(day, '2026-11-24')
    await world.clock.advance(5 * 60_000)
    await jo.post(`${address}/deadline`, { ...keyOf(page), returnTo: '/', day })
    await world.advanceUntil(world.taskr.idle())
    assert.equal(taskOf(world).deadlineAt, Date.parse('2026-11-24T23:59:59+01:00'))
  })

  test('“tomorrow” written before midnight and sent after it means what the page showed', async () => {
    await using world = await worldWithTask()
    const jo = await world.connected()
    await world.clock.advance(Date.UTC(2026, 10, 23, 22, 59, 50) - world.clock.now())
    const { body } = await jo.get('/')
    const fields = {
      ...keyOf(body),
      returnTo: '/',
      content: 'Water the plants tomorrow',
      connectionId: (await world.ownerOf(jo)).connectionId,
      today: /name="today" value="([^"]+)"/.exec(body)?.[1] ?? '',
    }
    assert.equal(fields.today, '2026-11-23')
    await world.clock.advance(15_000)
    await jo.post('/tasks', fields)
    await world.advanceUntil(world.taskr.idle())
    assert.equal(
      taskOf(world, 'Water the plants').deadlineAt,
      Date.parse('2026-11-24T23:59:59+01:00'),
    )
    // Written on a page that has been open since yesterday, it means the day after today.
    await world.clock.advance(12 * 3_600_000)
    await jo.post('/tasks', { ...fields, content: 'Feed the cat tomorrow' })
    await world.advanceUntil(world.taskr.idle())
    assert.equal(taskOf(world, 'Feed the cat').deadlineAt, Date.parse('2026-11-25T23:59:59+01:00'))
  })
})

async function worldWithTask(assigneeIds: readonly string[] = [ada]): Promise<World> {
  const world = await createWorld({ attio: { seed: 'no-tasks' } })
  inAttio(world).addTask({ content: 'Call Grace', assigneeIds: [...assigneeIds] })
  return world
}

function inAttio(world: World) {
  return world.attio.control.as({
    member: standard.people.ada.emailAddress,
    workspace: 'acme',
  })
}

async function open(world: World, browser: Browser) {
  const { connectionId } = await world.ownerOf(browser)
  const name = `${connectionId}/${taskOf(world).id}`
  const address = `/tasks/${name}`
  return { name, address, page: (await browser.get(address)).body }
}

function taskOf({ attio }: World, content = 'Call Grace') {
  const task = attio.control.world.tasks.find((one) => one.content === content)
  return task ?? assert.fail(`Attio has no “${content}”.`)
}

function assigned(world: World): readonly string[] {
  return [...taskOf(world).assigneeIds].toSorted()
}

function keyOf(page: string): { readonly requestKey: string } {
  const requestKey = /name="requestKey" value="([^"]+)"/.exec(page)?.[1]
  return { requestKey: requestKey ?? assert.fail(page) }
}

suite('what was typed stays, in the workspace for which it was typed', () => {
  test('a task for a workspace that lost access stays in the form, and no other workspace is chosen for it', async () => {
    await using world = await worldWithTask()
    const jo = await world.connected()
    const { connectionId } = await world.ownerOf(jo)
    await connect(world.attio, jo, {
      person: standard.people.edith.emailAddress,
      workspace: 'globex',
    })
    await world.advanceUntil(world.taskr.idle())
    const before = world.attio.control.world.tasks.all().length
    const lists = ['/', `/?workspace=${connectionId}`]
    const pages = await Promise.all(lists.map(async (list) => [list, await jo.get(list)] as const))
    world.attio.control.removeApp(world.clientId, 'acme')
    await jo.post('/tasks/refresh')
    await world.advanceUntil(world.taskr.idle())
    for (const [list, { body }] of pages) {
      const fields = { ...keyOf(body), returnTo: list, content: 'Only for Acme', connectionId }
      const refused = await jo.post('/tasks', fields)
      assert.equal(refused.status, 422)
      assert.match(refused.body, /Only for Acme/)
      assert.doesNotMatch(refused.body, /<option[^>]*selected[^>]*>\s*Globex/)
      assert.doesNotMatch(refused.body, /type="hidden" name="connectionId"/)
      const again = await jo.post('/tasks', { ...fields, connectionId: '' })
      assert.equal(again.status, 422)
      assert.match(again.body, /Choose a workspace[^<]*<\/(?:option|p)>/)
    }
    await world.advanceUntil(world.taskr.idle())
    assert.equal(world.attio.control.world.tasks.all().length, before)
  })

  test('a paste of 20,000 characters comes back with the reason', async () => {
    await using world = await worldWithTask()
    const jo = await world.connected()
    const { body } = await jo.get('/')
    const { connectionId } = await world.ownerOf(jo)
    for (const content of ['x'.repeat(20_000), 'wörter '.repeat(3_000), '漢'.repeat(6_000)]) {
      const answer = await jo.post('/tasks', {
        ...keyOf(body),
        returnTo: '/',
        content,
        connectionId,
      })
      assert.equal(answer.status, 422)
      assert.ok(answer.body.includes(content.trim()))
      assert.match(answer.body, /Too long/)
    }
  })

  test('deleting the account with changes under way says how many would be lost', async () => {
    await using world = await worldWithTask()
    const jo = await world.connected()
    const owner = await world.ownerOf(jo)
    assert.doesNotMatch((await jo.get('/settings')).body, /lost if you delete/)
    world.attio.control.faults.add({ method: 'PATCH', answer: { status: 503 } })
    const task = { ...owner, taskId: asTaskId(taskOf(world).id) }
    await world.taskr.parts.changes.update(task, { isCompleted: true }, 'a change that waits')
    await world.advanceUntil(world.taskr.idle())
    // The page that the person sees does not know of the change yet.
    const early = await jo.post(paths.accountDeletion, { password, underWay: '0' })
    assert.equal(early.status, 400)
    assert.match(
      wordsOf(early.body),
      /1 change hasn’t reached Attio yet\. It will be lost if you delete/,
    )
    const unclear = await jo.post(paths.accountDeletion, { password, underWay: 'some' })
    assert.equal(unclear.status, 400)
    assert.equal((await jo.get('/settings')).status, 200)
    assert.equal((await jo.post(paths.accountDeletion, { password, underWay: '1' })).status, 303)
    assert.equal((await jo.get('/settings')).status, 303)
  })

  test('disconnecting with changes under way says how many would be lost, and offers to send them first', async () => {
    await using world = await worldWithTask()
    const jo = await world.connected()
    const owner = await world.ownerOf(jo)
    const { changes, connections } = world.taskr.parts
    const address = `/connections/${owner.connectionId}`
    assert.doesNotMatch((await jo.get('/connections')).body, /lost if you disconnect/)
    world.attio.control.faults.add({ method: 'PATCH', answer: { status: 503 } })
    const task = { ...owner, taskId: asTaskId(taskOf(world).id) }
    await changes.update(task, { isCompleted: true }, 'a change that waits')
    await world.advanceUntil(world.taskr.idle())
    // The page that the person sees does not know of the change yet.
    const early = await jo.post(`${address}/disconnection`, { underWay: '0' })
    assert.equal(early.status, 409)
    assert.match(wordsOf(early.body), /1 change hasn’t reached Attio yet/)
    const unclear = await jo.post(`${address}/disconnection`, { underWay: 'some' })
    assert.equal(unclear.status, 400)
    assert.ok((await connections.find(owner)) !== undefined)
    world.attio.control.faults.clear()
    await world.clock.advance(120_000)
    await jo.post(`${address}/sending`)
    await world.advanceUntil(world.taskr.idle())
    assert.equal(taskOf(world).isCompleted, true)
    assert.equal((await jo.post(`${address}/disconnection`, { underWay: '0' })).status, 303)
    assert.equal(await connections.find(owner), undefined)
  })
})

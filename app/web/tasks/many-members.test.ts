// Pages in a workspace with more members than a page shows: they read only some of them, and the others are searched for.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { wordsOf } from '../../../testing/in-process/page-text.ts'
import { createWorld } from '../../../testing/in-process/testbed.ts'
import type { Browser } from '../../../testing/in-process/http-browser.ts'
import type { Database } from '../../database/open-database.ts'
import { asMemberId, asTaskId, createIds } from '../../support/ids.ts'
import { createTestRandomBytes } from '../../support/random.ts'
import { observeMany, replaceMembers } from '../../tasks/mirror.ts'
import { addressOf, paths } from '../addresses.ts'

const memberCount = 240
/** The members with one task each. */
const busy = Array.from({ length: 110 }, (_, at) => at + 100)

suite('a workspace with many members', () => {
  test('a task’s page offers the first members, its assignees and a search that works without a script', async () => {
    await using begun = await withManyMembers()
    const { jo, task, taskOf } = begun
    const page = await jo.get(task)
    const offered = namesOffered(page.body)
    assert.ok(offered.length <= 53, String(offered.length))
    assert.ok(offered.includes('Ada Byron'), 'the person themselves')
    assert.match(page.body, /<input\s+id="find-member"\s+name="member"/)
    assert.ok(!offered.includes('Zed 239'))
    const found = await jo.get(`${task}?member=zed+239`)
    assert.match(found.body, /<details[^>]*id="assignees"\s+open>/)
    assert.ok(namesOffered(found.body).includes('Zed 239'))
    const assigned = await jo.get(taskOf(200))
    assert.ok(namesOffered(assigned.body).includes('Zed 200'), 'an assignee')
    const none = await jo.get(`${task}?member=nobody+here`)
    assert.match(wordsOf(none.body), /No other members match “nobody here”\./)
    assert.equal((await jo.get(`${task}?member=${'x'.repeat(300)}`)).status, 404)
  })

  test('the choice of assignees in place is told whether there are more members, and finds them', async () => {
    await using begun = await withManyMembers()
    const { jo, lookup } = begun
    const first = await members(jo, lookup({}))
    assert.equal(first.isWhole, false)
    assert.ok(first.names.length <= 51 && first.names[0] === 'Ada Byron', first.names.join())
    const found = await members(jo, lookup({ text: 'zed 23' }))
    assert.deepEqual(found.names.toSorted().slice(0, 2), ['Zed 23', 'Zed 230'])
    assert.deepEqual((await members(jo, lookup({ text: 'zed 7' }))).names.at(0), 'Zed 7')
    const chosen = await members(jo, lookup({ ids: 'member-200 member-201 unknown' }))
    assert.ok(chosen.names.includes('Zed 200') && chosen.names.includes('Zed 201'))
    assert.ok(!(await members(jo, lookup({ text: 'suspended' }))).names.includes('Suspended One'))
  })

  test('quick add knows a member who is not among the first', async () => {
    await using begun = await withManyMembers()
    const { jo, owner, world } = begun
    const [connection] = await world.taskr.parts.connections.list(owner.accountId)
    assert.ok(connection !== undefined)
    const line = await world.taskr.parts.tasks.understand(connection, 'Call @zed239 and @me', {
      timeZone: 'UTC',
      kept: [],
    })
    assert.deepEqual(JSON.stringify(line).match(/member-239/g)?.length, 1)
    assert.match(JSON.stringify(line), new RegExp(String(connection.memberId)))
    assert.equal((await jo.get('/')).status, 200)
  })

  test('the team’s page lists members with open tasks in pages, and says that others are left out', async () => {
    await using begun = await withManyMembers()
    const { jo } = begun
    const pages = [await jo.get('/team'), await jo.get('/team?page=2')]
    const [first = [], second = []] = pages.map(({ body }) =>
      wordsOf(body)
        .match(/Zed \d+/g)
        ?.filter((name, at, all) => all.indexOf(name) === at),
    )
    assert.match(wordsOf(pages[0]?.body ?? ''), /Page 1 of 2/)
    assert.equal(new Set([...first, ...second]).size, busy.length)
    for (const { body } of pages) {
      assert.match(wordsOf(body), /Members without open tasks aren’t listed\./)
    }
    assert.equal((await jo.get('/team?page=9')).status, 200)
    assert.equal((await jo.get('/team?page=x')).status, 404)
  })

  test('the people of a connection are listed in pages and found by a search, and “Invite all” means those shown', async () => {
    await using begun = await withManyMembers()
    const { jo, owner, world } = begun
    const people = `/connections/${owner.connectionId}/people`
    const listed: string[] = []
    for (const page of ['1', '2', '3', '4', '5', '99']) {
      const { body } = await jo.get(`${people}?page=${page}`)
      const shown = shownIn(body)
      assert.ok(shown.length <= 50, String(shown.length))
      listed.push(...(page === '99' ? [] : shown))
      assert.match(wordsOf(body), new RegExp(`Page ${page === '99' ? '5' : page} of 5`))
      assert.match(wordsOf(body), /Ada Byron/, 'the owner is in')
    }
    assert.equal(new Set(listed).size, listed.length)
    assert.ok(busy.every((at) => listed.includes(`member-${at}`)))
    assert.equal((await jo.get(`${people}?page=x`)).status, 404)
    const found = await jo.get(`${people}?q=zed+23`)
    assert.deepEqual(shownIn(found.body).toSorted(), [
      'member-23',
      ...Array.from({ length: 10 }, (_, at) => `member-23${at}`),
    ])
    assert.match(wordsOf(found.body), /No one who is in matches “zed 23”\./)
    assert.match(wordsOf((await jo.get(`${people}?q=suspended`)).body), /Suspended in Attio/)
    assert.match(wordsOf((await jo.get(`${people}?q=here+not`)).body), /No one else in the work/)
    const form = new URLSearchParams({ sees: 'own', everyone: 'yes' })
    for (const id of ['member-231', 'member-232', 'suspended']) form.append('shown[]', id)
    const invited = await jo.post(`${people}/invitations?page=4`, form.toString())
    assert.match(wordsOf(invited.body), /Page 4 of 5/)
    assert.deepEqual(
      wordsOf(invited.body).match(/Zed 23\d zed23\d@example\.com https?:/g)?.length,
      2,
    )
    const list = await world.taskr.parts.seats.list(owner)
    assert.deepEqual(list?.invitations.map(({ memberId }) => memberId).toSorted(), [
      'member-231',
      'member-232',
    ])
  })

  test('giving a task away offers the first members and a search', async () => {
    await using begun = await withManyMembers()
    const { jo } = begun
    const page = await jo.get('/clear?give=yes&whose=everyone')
    assert.ok((page.body.match(/<option /g)?.length ?? 0) <= 51)
    const found = await jo.get('/clear?give=yes&whose=everyone&find=zed+239')
    assert.match(wordsOf(found.body), /Zed 239/)
    assert.match(found.body, /name="whose" value="everyone"/)
  })
})

async function withManyMembers() {
  let db: Database['db'] | undefined
  const world = await createWorld({
    betweenDatabase: (database) => {
      db = database.db
      return database
    },
  })
  assert.ok(db !== undefined)
  const jo = await world.connected()
  const owner = await world.ownerOf(jo)
  const { connectionId } = owner
  await jo.get('/')
  const known = await world.taskr.parts.mirror.listMembers([connectionId])
  const more = Array.from({ length: memberCount }, (_, at) => ({
    connectionId,
    memberId: asMemberId(`member-${at}`),
    firstName: 'Zed',
    lastName: String(at),
    emailAddress: `zed${at}@example.com`,
    accessLevel: 'member',
  }))
  const suspended = {
    connectionId,
    memberId: asMemberId('suspended'),
    firstName: 'Suspended',
    lastName: 'One',
    emailAddress: 'one@example.com',
    accessLevel: 'suspended',
  }
  await replaceMembers(db, connectionId, [...known, ...more, suspended], 1)
  const idOf = (at: number) => asTaskId(`task-${at}`)
  const tasks = busy.map((at) => ({
    connectionId,
    taskId: idOf(at),
    content: `Task ${at}`,
    deadlineAt: null,
    isCompleted: false,
    completedAt: null,
    assigneeIds: [asMemberId(`member-${at}`)],
    linkedRecords: [],
    createdBy: null,
    createdAt: at,
    observedAt: world.clock.now(),
  }))
  const ids = createIds(world.clock, createTestRandomBytes())
  await observeMany({ clock: world.clock, ids }, db, tasks)
  const taskOf = (at: number): string =>
    addressOf(paths.task, { connectionId, taskId: String(idOf(at)) })
  return {
    world,
    jo,
    owner,
    task: taskOf(100),
    taskOf,
    [Symbol.asyncDispose]: world.close,
    lookup: (query: Readonly<Record<string, string>>) =>
      `/lookups/${connectionId}/members?${new URLSearchParams(query).toString()}`,
  }
}

async function members(browser: Browser, address: string) {
  const answer: unknown = JSON.parse((await browser.get(address)).body)
  const listed: unknown = Reflect.get(Object(answer), 'members')
  assert.ok(Array.isArray(listed))
  return {
    isWhole: Reflect.get(Object(answer), 'isWhole') === true,
    names: listed.map((member) => String(Reflect.get(Object(member), 'name'))),
  }
}

function namesOffered(body: string): readonly string[] {
  const fieldset = /<fieldset class="members">([^]*?)<\/fieldset>/.exec(body)?.[1] ?? ''
  return [...fieldset.matchAll(/<bdi>([^<]+)<\/bdi>/g)].map(([, name = '']) => name)
}

function shownIn(body: string): readonly string[] {
  return [...body.matchAll(/name="shown\[\]"\s+value="([^"]+)"/g)].map(([, id = '']) => id)
}

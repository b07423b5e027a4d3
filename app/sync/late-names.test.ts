// Names that Attio does not give together with the task: they are read as soon as it does.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import { wordsOf } from '../../testing/in-process/page-text.ts'
import { rewriteAnswers, type Rule } from '../../testing/in-process/rewritten-answers.ts'
import { connect, createWorld, type World } from '../../testing/in-process/testbed.ts'

const failure = (status: number, headers: Readonly<Record<string, string>> = {}) =>
  Response.json(
    { status_code: status, type: 'x', code: 'x', message: 'Not now.' },
    { status, headers },
  )

const refusals: Readonly<Record<string, Rule>> = {
  'records are answered with 503': ({ url }) =>
    url.pathname.endsWith('/query') ? failure(503) : undefined,
  'records are limited for half a minute': ({ url }) =>
    url.pathname.endsWith('/query') ? failure(429, { 'retry-after': '30' }) : undefined,
  'objects are answered with 500': ({ url }) =>
    url.pathname === '/v2/objects' ? failure(500) : undefined,
  'the connection to records breaks': ({ url }) => {
    if (url.pathname.endsWith('/query')) throw new TypeError('fetch failed')
    return undefined
  },
}

suite('names that come later than their task', () => {
  for (const [what, rule] of Object.entries(refusals)) {
    test(`a task arrives while ${what}, and its names within a minute after that`, async () => {
      const answers = rewriteAnswers()
      await using world = await createWorld({ attio: { seed: 'no-tasks' }, fetch: answers.wrap })
      const jo = await world.connected()
      const name = addLinkedTask(world, 'Call them', 0)
      answers.use(rule)
      await world.advanceUntil(world.delivered())
      addLinkedTask(world, 'Write to them', 1)
      await world.advanceUntil(world.delivered())
      const before = await openTasks(jo)
      for (const content of ['Call them', 'Write to them', 'A company']) {
        assert.ok(before.includes(content), content)
      }
      assert.ok(!before.includes(name))
      answers.use(undefined)
      await refetchFor(world, 60)
      const after = await openTasks(jo)
      assert.ok(after.includes(name), name)
      assert.doesNotMatch(after, /A company/)
    })
  }

  test('names are read although Attio does not let Taskr list objects', async () => {
    const answers = rewriteAnswers()
    await using world = await createWorld({ attio: { seed: 'no-tasks' }, fetch: answers.wrap })
    const jo = await world.connected()
    answers.use(({ url }) =>
      url.pathname === '/v2/objects'
        ? Response.json(
            { status_code: 403, type: 'auth_error', code: 'unauthorized', message: 'No.' },
            { status: 403 },
          )
        : undefined,
    )
    const name = addLinkedTask(world, 'Call them', 0)
    await world.advanceUntil(world.delivered())
    assert.ok((await openTasks(jo)).includes(name), name)
  })

  test('names that the first sync could not read appear within a minute after Attio answers', async () => {
    const answers = rewriteAnswers()
    await using world = await createWorld({ attio: { seed: 'no-tasks' }, fetch: answers.wrap })
    const name = addLinkedTask(world, 'Call them', 0)
    answers.use(({ url }) =>
      /\/(?:query|workspace_members)$/.test(url.pathname) ? failure(503) : undefined,
    )
    const jo = await world.signedUp()
    await connect(world.attio, jo)
    await world.advanceUntil(world.taskr.idle())
    assert.match(await openTasks(jo), /Call them A company/)
    answers.use(undefined)
    await refetchFor(world, 60)
    assert.ok((await openTasks(jo)).includes(name), name)
    const { connectionId } = await world.ownerOf(jo)
    assert.ok((await world.taskr.parts.mirror.listMembers([connectionId])).length >= 3)
  })

  test('new records of several new tasks are read together', async () => {
    await using world = await createWorld({ attio: { seed: 'no-tasks' } })
    const jo = await world.connected()
    const asked = world.sent('/v2/objects/companies/records/query')
    const names = Array.from({ length: 3 }, (_, at) => addLinkedTask(world, `Call ${at}`, at))
    await world.advanceUntil(world.delivered())
    const page = await openTasks(jo)
    for (const name of names) assert.ok(page.includes(name), name)
    assert.ok(world.sent('/v2/objects/companies/records/query') - asked < 3)
  })

  test('a task of a member whom Taskr does not know yet arrives with the member’s name', async () => {
    const answers = rewriteAnswers()
    await using world = await createWorld({ attio: { seed: 'no-tasks' }, fetch: answers.wrap })
    const { members } = world.attio.control.world
    const jo = await world.connected()
    const ada = members.get(standard.members.adaAtAcme) ?? assert.fail()
    const newcomer = { ...ada, id: crypto.randomUUID(), firstName: 'Noor', lastName: 'Haddad' }
    // No delivery tells of the member.
    world.attio.control.world.transact(() => members.put(newcomer))
    actingAda(world).addTask({ content: 'Welcome', assigneeIds: [newcomer.id, ada.id] })
    await world.advanceUntil(world.delivered())
    assert.match((await jo.get('/?view=open')).body, /Noor Haddad/)
  })

  test('a name that a search found names a record that had none', async () => {
    await using world = await createWorld({ attio: { seed: 'no-tasks' } })
    const jo = await world.connected()
    const { connectionId } = await world.ownerOf(jo)
    const { mirror } = world.taskr.parts
    const record = { connectionId, targetObject: 'companies', objectSlug: 'companies' }
    const seen = { ...record, recordId: 'new', webUrl: null, observedAt: 0 }
    const nameNow = async () =>
      (await mirror.listRecords(new Map([[connectionId, ['new']]]))).map(({ name }) => name)
    for (const [found, shown] of [
      ['', ''],
      ['Globex', 'Globex'],
      ['Other', 'Globex'],
      ['', 'Globex'],
    ] as const) {
      await mirror.rememberRecords([{ ...seen, name: found }])
      assert.deepEqual(await nameNow(), [shown])
    }
  })

  test('a record that links name by slug and by ID has the name that was read last', async () => {
    await using world = await createWorld({ attio: { seed: 'no-tasks' } })
    const jo = await world.connected()
    const { connectionId } = await world.ownerOf(jo)
    const { mirror } = world.taskr.parts
    const seen = { connectionId, objectSlug: 'companies', recordId: 'two-ways', webUrl: null }
    await mirror.rememberRecords([
      { ...seen, targetObject: 'a-id', name: 'New', observedAt: 2 },
      { ...seen, targetObject: 'companies', name: 'Old', observedAt: 1 },
      { ...seen, targetObject: 'z-id', name: '', observedAt: 3 },
    ])
    const found = await mirror.listRecords(new Map([[connectionId, ['two-ways']]]))
    assert.deepEqual(
      found.map(({ name }) => name),
      ['New'],
    )
  })
})

type Browser = Awaited<ReturnType<World['connected']>>

async function openTasks(jo: Browser): Promise<string> {
  return wordsOf((await jo.get('/?view=open')).body)
}

function actingAda(world: World) {
  return world.attio.control.as({ member: standard.people.ada.emailAddress, workspace: 'acme' })
}

/** Adds a task for Ada that is linked to a company. Returns the company's name. */
function addLinkedTask(world: World, content: string, which: number): string {
  const { attributes, objects, records } = world.attio.control.world
  const companies = objects.find(
    ({ slug, workspaceId }) => slug === 'companies' && workspaceId === standard.workspaces.acme.id,
  )
  const attribute = attributes.find(
    ({ slug, parentId }) => slug === 'name' && parentId === companies?.id,
  )
  const record = records.all().filter(({ objectId }) => objectId === companies?.id)[which]
  const name = record?.values[attribute?.id ?? '']?.[0]?.content['value']
  assert.ok(record !== undefined && typeof name === 'string')
  actingAda(world).addTask({
    content,
    assigneeIds: [standard.members.adaAtAcme],
    linkedRecords: [{ objectId: record.objectId, recordId: record.id }],
  })
  return name
}

/** Lets that many seconds pass, with the requests that fall due. */
async function refetchFor(world: World, seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed += 5) {
    await world.clock.advance(5_000)
    await world.advanceUntil(world.taskr.parts.webhooks.refetchDue())
    await world.advanceUntil(world.taskr.idle())
  }
}

import { wholeConnection } from '../tasks/mirror.ts'
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import { z } from 'zod'
import { connect, createWorld, type World } from '../../testing/in-process/testbed.ts'

const acme = standard.workspaces.acme.id

suite('names of linked records', () => {
  test('a task that a webhook names arrives with the names of its linked records', async () => {
    await using world = await createWorld({ attio: { seed: 'no-tasks' } })
    const jo = await world.connected()
    await world.delivered()
    const { record, name } = companyOf(world)
    const syncs = world.sent('/v2/tasks')
    linkedTask(world, record)
    await world.delivered()
    const page = (await jo.get('/?view=open')).body
    assert.match(page, /Call them/)
    assert.ok(page.includes(name), name)
    assert.equal(world.sent('/v2/tasks'), syncs)
  })

  test('a renamed record shows at once after Sync now, and within a day without it', async () => {
    await using world = await createWorld({ attio: { seed: 'no-tasks' } })
    const jo = await world.connected()
    const { record } = companyOf(world)
    linkedTask(world, record)
    await world.delivered()
    await world.clock.advance(1_000)
    rename(world, 'Renamed Once')
    await jo.post('/tasks/refresh')
    await world.advanceUntil(world.taskr.idle())
    assert.match((await jo.get('/?view=open')).body, /Renamed Once/)
    rename(world, 'Renamed Twice')
    const owner = await world.ownerOf(jo)
    await world.clock.advance(25 * 3_600_000)
    await world.advanceUntil(world.taskr.parts.sync.syncNow(owner, 0))
    const [named] = await world.taskr.parts.mirror.listRecords(
      new Map([[owner.connectionId, [record.id]]]),
    )
    assert.equal(named?.name, 'Renamed Twice')
  })

  test('the name of a record that no task is linked to is forgotten after a month, a linked one is kept', async () => {
    await using world = await createWorld({ attio: { seed: 'no-tasks' } })
    const jo = await world.connected()
    const { record } = companyOf(world)
    linkedTask(world, record)
    await world.delivered()
    const owner = await world.ownerOf(jo)
    const { mirror, sync } = world.taskr.parts
    const { connectionId } = owner
    const unlinked = { connectionId, targetObject: 'people', recordId: 'unlinked' }
    await mirror.rememberRecords([
      {
        ...unlinked,
        objectSlug: 'people',
        name: 'Ada',
        webUrl: null,
        observedAt: world.clock.now(),
      },
    ])
    const known = async (): Promise<readonly string[]> =>
      (await mirror.listLatestRecords(wholeConnection(connectionId), 10))
        .map(({ recordId }) => recordId)
        .toSorted()
    for (const [days, expected] of [
      [29, [record.id, 'unlinked']],
      [2, [record.id]],
    ] as const) {
      await world.clock.advance(days * 24 * 3_600_000)
      await world.advanceUntil(sync.syncNow(owner, 0))
      assert.deepEqual(await known(), [...expected].toSorted())
    }
  })
})

type StoredRecord = ReturnType<World['attio']['control']['world']['records']['all']>[number]

function companyOf(world: World) {
  const { attributes, objects, records } = world.attio.control.world
  const companies = objects.find(({ slug, workspaceId }) => {
    return slug === 'companies' && workspaceId === acme
  })
  const attribute = attributes.find(({ slug, parentId }) => {
    return slug === 'name' && parentId === companies?.id
  })
  const record = records.find(({ objectId }) => objectId === companies?.id)
  assert.ok(record !== undefined && attribute !== undefined)
  const name = record.values[attribute.id]?.[0]?.content['value']
  assert.ok(typeof name === 'string')
  return { record, name, attributeId: attribute.id }
}

function linkedTask(world: World, { objectId, id }: StoredRecord): void {
  world.attio.control.as({ member: standard.people.ada.emailAddress, workspace: 'acme' }).addTask({
    content: 'Call them',
    assigneeIds: [standard.members.adaAtAcme],
    linkedRecords: [{ objectId, recordId: id }],
  })
}

function rename(world: World, name: string): void {
  const { record, attributeId } = companyOf(world)
  const values = (record.values[attributeId] ?? []).map((value) => ({
    ...value,
    content: { ...value.content, value: name },
  }))
  const attio = world.attio.control.world
  const renamed = { ...record, values: { ...record.values, [attributeId]: values } }
  attio.transact(() => attio.records.put(renamed))
}

suite('names of merged records', () => {
  test('a task linked to a record that was merged shows the merged record’s name after Sync now', async () => {
    await using world = await createWorld({ attio: { seed: 'no-tasks' } })
    const jo = await world.connected()
    const { record } = companyOf(world)
    linkedTask(world, record)
    await world.delivered()
    const { records } = world.attio.control.world
    const other = records.find(
      ({ id, objectId }) => objectId === record.objectId && id !== record.id,
    )
    const merged = await merge(world, { primary: other?.id ?? '', secondary: record.id })
    await jo.post('/tasks/refresh')
    await world.advanceUntil(world.taskr.idle())
    const { connectionId } = await world.ownerOf(jo)
    const [named] = await world.taskr.parts.mirror.listRecords(new Map([[connectionId, [merged]]]))
    assert.ok(named !== undefined && named.name !== '')
    const list = (await jo.get('/?view=open')).body
    assert.ok(list.includes(named.name), named.name)
    assert.doesNotMatch(list, /A company/)
  })
})

suite('names of workspaces and members', () => {
  test('a renamed workspace shows at once after Sync now, and within a day without it', async () => {
    await using world = await createWorld({ attio: { seed: 'no-tasks' } })
    const jo = await world.connected()
    renameWorkspace(world, 'Acme Intergalactic')
    assert.doesNotMatch((await jo.get('/?view=open')).body, /Acme Intergalactic/)
    await jo.post('/tasks/refresh')
    await world.advanceUntil(world.taskr.idle())
    assert.match((await jo.get('/?view=open')).body, /Acme Intergalactic/)
    renameWorkspace(world, 'Acme & Söhne')
    await world.clock.advance(25 * 3_600_000)
    await world.advanceUntil(world.taskr.parts.connections.checkDue())
    assert.match((await jo.get('/?view=open')).body, /Acme &amp; Söhne/)
  })

  test('two workspaces of one name are told apart by their slugs, on every page that names both', async () => {
    await using world = await createWorld({ attio: { seed: 'no-tasks' } })
    const jo = await world.connected()
    await connect(world.attio, jo, { workspace: 'globex' })
    await world.taskr.idle()
    renameWorkspace(world, ' globex')
    for (const workspace of ['acme', 'globex']) {
      world.attio.control
        .as({ member: standard.people.ada.emailAddress, workspace })
        .addTask({ content: `Call ${workspace}` })
    }
    for (let asked = 0; asked < 2; asked += 1) {
      await jo.post('/tasks/refresh')
      await world.advanceUntil(world.delivered())
    }
    for (const address of ['/?view=open&whose=everyone', '/connections', '/team']) {
      const { body } = await jo.get(address)
      for (const name of ['globex (acme)', 'Globex (globex)']) {
        assert.ok(body.includes(name), `${name} on ${address}`)
      }
    }
    const csv = (await jo.post('/settings/export/tasks.csv')).body
    assert.match(csv, /globex \(acme\)","Call acme"/)
    renameWorkspace(world, 'Acme')
    await jo.post('/tasks/refresh')
    await world.advanceUntil(world.delivered())
    const { body } = await jo.get('/connections')
    assert.doesNotMatch(body, /\((?:acme|globex)\)/)
  })

  test('two members of one name are told apart by their e-mail addresses, however the name is written', async () => {
    await using world = await createWorld({ attio: { seed: 'no-tasks' } })
    const { members } = world.attio.control.world
    const [ada, ben] = [standard.members.adaAtAcme, standard.members.benAtAcme].map(
      (id) => members.get(id) ?? assert.fail(),
    )
    assert.ok(ada !== undefined && ben !== undefined)
    world.attio.control.world.transact(() => {
      members.put({ ...ada, firstName: 'Zoë', lastName: 'Lee' })
      members.put({ ...ben, firstName: 'ZOE\u0308', lastName: ' lee ' })
    })
    world.attio.control
      .as({ member: ada.emailAddress, workspace: 'acme' })
      .addTask({ content: 'Call them', assigneeIds: [ada.id, ben.id] })
    const jo = await world.connected()
    const list = (await jo.get('/?view=open')).body
    for (const { emailAddress } of [ada, ben]) assert.ok(list.includes(`(${emailAddress})`))
    assert.doesNotMatch(list, /\(</)
    const csv = (await jo.post('/settings/export/tasks.csv')).body
    for (const { emailAddress } of [ada, ben]) assert.ok(csv.includes(`(${emailAddress})`))
    const task = /href="(\/tasks\/[^"]+)"/.exec(list)?.[1] ?? assert.fail()
    const page = (await jo.get(task)).body
    for (const { emailAddress } of [ada, ben]) assert.ok(page.includes(`(${emailAddress})`))
  })
})

async function merge(
  { attio }: World,
  records: { readonly primary: string; readonly secondary: string },
): Promise<string> {
  const { clientId } = attio.registerApp({
    name: 'Tidy',
    redirectUris: ['http://localhost:3999/callback'],
    scopes: ['record_permission:read-write', 'object_configuration:read'],
  })
  const memberEmail = standard.people.ada.emailAddress
  const token = attio.issueAccessToken({ clientId, workspace: 'acme', memberEmail })
  const answer = await attio.fetch(`${attio.origin}/v2/objects/companies/records/merge`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      data: { primary_record_id: records.primary, secondary_record_id: records.secondary },
    }),
  })
  const body: unknown = await answer.json()
  return z.object({ data: z.object({ new_record_id: z.string() }) }).parse(body).data.new_record_id
}

function renameWorkspace({ attio }: World, name: string): void {
  const { world } = attio.control
  const workspace = world.workspaces.get(acme) ?? assert.fail()
  world.transact(() => world.workspaces.put({ ...workspace, name }))
}

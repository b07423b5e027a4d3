// Seats: a colleague works through another account's connection, as one member, and sees no more than the seat allows.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import { accountOf, inAttio, startTeam, type Team } from '../../../testing/in-process/team.ts'
import { asChangeId, asMemberId } from '../../support/ids.ts'

const { benAtAcme, cleoAtAcme, danaAtAcme, adaAtAcme } = standard.members

suite('seats', () => {
  test('a seat for own tasks sees only tasks that are assigned to its member or that they created in Taskr', async () => {
    await using team = await startTeam()
    const { world, ada, owner } = team
    const inAcme = inAttio(world)
    inAcme.addTask({ content: 'Ben’s in Attio', assigneeIds: [benAtAcme] })
    inAcme.addTask({ content: 'Ada’s secret', assigneeIds: [adaAtAcme] })
    await world.delivered()
    const ben = await team.join('ben', benAtAcme)
    await ben.browser.post('/tasks', added('For Dana by Ben', owner.connectionId))
    await world.taskr.idle()
    const seen = await contents(team, ben.accountId)
    assert.ok(seen.includes('Ben’s in Attio') && seen.includes('For Dana by Ben'), seen.join())
    assert.ok(!seen.includes('Ada’s secret'))
    const everything = (await ben.browser.get('/?view=open&whose=everyone')).body
    assert.match(everything, /Ben’s in Attio/)
    assert.doesNotMatch(everything, /Ada’s secret/)
    assert.match((await ada.get('/?view=open&whose=everyone')).body, /Ada’s secret/)
  })

  test('a task stays with the seat that created it, once Attio has it and after its text was replaced', async () => {
    await using team = await startTeam()
    const { world, owner } = team
    const ben = await team.join('ben', benAtAcme)
    const { changes } = world.taskr.parts
    const to = { accountId: ben.accountId, connectionId: owner.connectionId }
    const content = { content: 'Draft', deadlineAt: null, assigneeIds: [], linkedRecords: [] }
    assert.equal((await changes.create(to, content, 'key-create')).kind, 'recorded')
    await world.taskr.idle()
    await world.delivered()
    const [draft] = (await tasksOf(team, ben.accountId)).filter((one) => one.content === 'Draft')
    assert.equal(draft?.isProvisional, false)
    assert.equal(draft?.requestedBy, benAtAcme)
    await changes.replace({ ...to, taskId: draft.taskId }, 'Final', 'key-replace')
    await world.clock.advance(11_000)
    await changes.sendDue()
    await world.delivered()
    assert.deepEqual(
      (await contents(team, ben.accountId)).filter((text) => /Draft|Final/.test(text)),
      ['Final'],
    )
  })

  test('a seat changes only tasks that it sees, and cannot link records unless it may', async () => {
    await using team = await startTeam()
    const { world, owner } = team
    inAttio(world).addTask({ content: 'Ada’s secret', assigneeIds: [adaAtAcme] })
    inAttio(world).addTask({ content: 'Ben’s own', assigneeIds: [benAtAcme] })
    await world.delivered()
    const ben = await team.join('ben', benAtAcme, { mayLink: false })
    const { changes } = world.taskr.parts
    const taskOf = async (content: string) => {
      const task = (await tasksOf(team, owner.accountId)).find((one) => one.content === content)
      assert.ok(task, content)
      const { connectionId, taskId } = task
      return { accountId: ben.accountId, connectionId, taskId }
    }
    const secret = await taskOf('Ada’s secret')
    for (const recorded of [
      await changes.update(secret, { isCompleted: true }, 'a'),
      await changes.remove(secret, 'b'),
      await changes.replace(secret, 'Mine', 'c'),
    ]) {
      assert.deepEqual(recorded, { kind: 'refused', refusal: 'no-such-task' })
    }
    const own = await taskOf('Ben’s own')
    const link = { linkedRecords: [{ targetObject: 'people', recordId: 'someone' }] }
    assert.deepEqual(await changes.update(own, link, 'd'), {
      kind: 'refused',
      refusal: 'may-not-link',
    })
    assert.equal((await changes.update(own, { isCompleted: true }, 'e')).kind, 'recorded')
  })

  test('a seat acts through the one connection, and its changes reach Attio', async () => {
    await using team = await startTeam()
    const { world, owner } = team
    const ben = await team.join('ben', benAtAcme)
    await ben.browser.post('/tasks', added('Call Grace', owner.connectionId))
    await world.taskr.idle()
    const task = world.attio.control.world.tasks.all().find((one) => one.content === 'Call Grace')
    assert.deepEqual(task?.assigneeIds, [benAtAcme])
    assert.equal((await world.taskr.parts.connections.list(owner.accountId)).length, 1)
    assert.equal([...world.attio.control.world.webhooks.all()].length, 1)
  })

  test('a member who is suspended in Attio loses the seat with the next sync of members', async () => {
    await using team = await startTeam()
    const { world, owner } = team
    const ben = await team.join('ben', benAtAcme)
    assert.equal((await ben.browser.get('/connections')).body.includes('Acme Robotics'), true)
    suspend(team, benAtAcme)
    await world.taskr.parts.sync.readMembers(owner)
    assert.deepEqual(await world.taskr.parts.connections.list(ben.accountId), [])
    const [ended] = await world.taskr.parts.seats.listEnded(ben.accountId)
    assert.equal(ended?.state, 'suspended')
    assert.equal((await ben.browser.get(`/connections/${owner.connectionId}`)).status, 404)
  })

  test('a removed seat’s unsent changes end, and both sides are told', async () => {
    await using team = await startTeam({ reached: async () => {} })
    const { world, owner } = team
    const ben = await team.join('ben', benAtAcme)
    const { changes, seats } = world.taskr.parts
    inAttio(world).addTask({ content: 'Ben’s own', assigneeIds: [benAtAcme] })
    await world.delivered()
    const [task] = (await tasksOf(team, ben.accountId)).filter((one) => one.content === 'Ben’s own')
    assert.ok(task)
    // A deletion waits ten seconds, so that it can be undone.
    await changes.remove({ ...task, accountId: ben.accountId }, 'delete')
    const removed = await seats.remove(owner, ben.accountId)
    assert.deepEqual(removed?.unsent, ['Ben’s own'])
    assert.ok((await contents(team, owner.accountId)).includes('Ben’s own'))
    await world.clock.advance(60_000)
    await changes.sendDue()
    assert.ok(world.attio.control.world.tasks.all().some((one) => one.content === 'Ben’s own'))
    const [ended] = await seats.listEnded(ben.accountId)
    assert.deepEqual([ended?.state, ended?.unsent], ['removed', ['Ben’s own']])
    const { events } = await world.taskr.parts.accounts.listEvents(owner.accountId, { limit: 5 })
    assert.deepEqual(events.find(({ kind }) => kind === 'seat-ended')?.details, {
      workspace: 'Acme Robotics',
      member: 'Ben Okafor',
      why: 'removed',
      unsent: '1',
    })
    assert.equal(await changes.tryAgain(ben.accountId, asChangeId(task.taskId)), false)
  })
})

suite('invitations', () => {
  test('an invitation works once, and says why it no longer does', async () => {
    await using team = await startTeam()
    const { world, owner } = team
    const { seats } = world.taskr.parts
    const invited = await seats.invite(owner, [asMemberId(benAtAcme), asMemberId(cleoAtAcme)], {
      sees: 'own',
      mayLink: true,
    })
    assert.deepEqual(
      invited?.map(({ member }) => member.name),
      ['Ben Okafor'],
      'Cleo is suspended',
    )
    const secret = invited?.[0]?.secret.reveal() ?? ''
    assert.ok(Buffer.from(secret, 'base64url').length >= 32)
    const eve = await accountOf(world, await world.signedUp('eve'))
    const refusalOf = async (value: string, by = eve) => {
      const joined = await seats.join(by, value)
      return joined.kind === 'refused' ? joined.refusal.kind : joined.kind
    }
    assert.equal(
      await refusalOf(secret.replace(/.$/, (last) => (last === 'A' ? 'E' : 'A'))),
      'unknown',
    )
    assert.equal(await refusalOf('guess'), 'unknown')
    assert.equal(await refusalOf(secret, owner.accountId), 'already-in')
    assert.equal(await refusalOf(secret), 'joined')
    const kim = await accountOf(world, await world.signedUp('kim'))
    assert.equal(await refusalOf(secret, kim), 'used')
    const again = await seats.invite(owner, [asMemberId(danaAtAcme)], {
      sees: 'everyone',
      mayLink: false,
    })
    const forDana = again?.[0]?.secret.reveal() ?? ''
    assert.equal(await refusalOf(forDana), 'already-in', 'an account is one member of a workspace')
    await world.clock.advance(7 * 24 * 3_600_000)
    assert.equal(await refusalOf(forDana, kim), 'expired')
  })
})

function added(content: string, connectionId: string) {
  return {
    content,
    connectionId,
    isMine: 'yes',
    requestKey: `key-of-${content}`.padEnd(16, '-').replaceAll(/\W/g, '-'),
    returnTo: '/',
  }
}

async function tasksOf({ world }: Team, accountId: Team['owner']['accountId']) {
  const connections = await world.taskr.parts.connections.list(accountId)
  const query = { isCompleted: false, whose: { kind: 'everyone' }, limit: 500, offset: 0 } as const
  return await world.taskr.parts.mirror.listTasks(connections, query)
}

async function contents(team: Team, accountId: Team['owner']['accountId']) {
  return (await tasksOf(team, accountId)).map(({ content }) => content)
}

function suspend({ world }: Team, memberId: string): void {
  const inWorld = world.attio.control.world
  const member = inWorld.members.get(memberId)
  assert.ok(member)
  inWorld.transact(() => inWorld.members.put({ ...member, accessLevel: 'suspended' }))
}

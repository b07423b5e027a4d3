// Only Attio's own words about the thing that was asked for remove, end or change anything.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { standard } from '@taskr/local-attio'
import { wordsOf } from '../../testing/in-process/page-text.ts'
import { rewriteAnswers, withReplaced } from '../../testing/in-process/rewritten-answers.ts'
import { startChanging } from '../../testing/in-process/task-changes.ts'
import { startTeam } from '../../testing/in-process/team.ts'
import { createWorld, password, type World } from '../../testing/in-process/testbed.ts'

const letter = 'Write the quarterly letter'

suite('answers that prove nothing', () => {
  const noProofs: readonly (readonly [status: number, body: string | null])[] = [
    [200, '{"status":"maintenance"}'],
    [200, '{"data":null}'],
    [202, '{}'],
    [204, null],
    [
      404,
      '{"status_code":404,"type":"auth_error","code":"not_found","message":"Task with ID \\"ID\\" was not found."}',
    ],
  ]
  for (const [status, body] of noProofs) {
    test(`a deletion answered with ${status} ${body ?? 'and no body'} does not count as done`, async () => {
      const answers = rewriteAnswers()
      await using world = await createWorld({ fetch: answers.wrap })
      const { remove, inAttio, failed, settle } = await startChanging(world)
      const { length } = inAttio()
      answers.use(({ method, url }) => {
        if (method !== 'DELETE') return undefined
        return new Response(body?.replace('ID', url.pathname.split('/').at(-1) ?? ''), { status })
      })
      await remove(letter)
      await world.clock.advance(11_000)
      await world.advanceUntil(world.taskr.parts.changes.sendDue())
      answers.use(undefined)
      if ((await failed()).length > 0) return assert.equal(inAttio().length, length)
      await settle()
      assert.equal(inAttio().length, length - 1)
    })
  }

  for (const method of ['GET', 'PATCH']) {
    test(`a ${method} answered with another task changes neither of the two`, async () => {
      const answers = rewriteAnswers()
      await using world = await createWorld({ fetch: answers.wrap })
      const { shownOf, inAttioOf, ada, update, settle } = await startChanging(world)
      const other = await shownOf('Find out who owns this')
      const { taskId } = await shownOf(letter)
      answers.use((request, real) => {
        if (request.method !== method || request.url.pathname !== `/v2/tasks/${taskId}`)
          return undefined
        return withReplaced(real(), taskId, other.taskId)
      })
      if (method === 'PATCH') await update(letter, { isCompleted: true })
      else ada.updateTask(taskId, { isCompleted: true })
      await world.advanceUntil(world.delivered())
      assert.deepEqual(await shownOf('Find out who owns this'), other)
      answers.use(undefined)
      await settle()
      assert.ok(inAttioOf(letter).isCompleted)
    })
  }

  test('a list of members that lacks one ends no seat and forgets no name', async () => {
    const answers = rewriteAnswers()
    await using team = await startTeam({ fetch: answers.wrap })
    const { world, owner } = team
    await team.join('ben', standard.members.benAtAcme)
    answers.use(({ url }, real) =>
      url.pathname === '/v2/workspace_members' ? withoutBen(real()) : undefined,
    )
    await syncAgain(world, team.ada)
    assert.equal((await world.taskr.parts.seats.list(owner))?.seats.length, 1)
    const members = await world.taskr.parts.mirror.listMembers([owner.connectionId])
    assert.ok(members.some(({ memberId }) => memberId === standard.members.benAtAcme))
  })

  test('an identity of another workspace renames nothing', async () => {
    const answers = rewriteAnswers()
    await using world = await createWorld({ fetch: answers.wrap })
    const jo = await world.connected()
    const { id } = standard.workspaces.acme
    answers.use(({ url }, real) =>
      url.pathname === '/v2/self'
        ? withReplaced(withReplaced(real(), id, crypto.randomUUID()), 'Acme', 'Other')
        : undefined,
    )
    await world.clock.advance(25 * 3_600_000)
    await syncAgain(world, jo)
    const page = wordsOf((await jo.get('/connections')).body)
    assert.match(page, /Acme/)
    assert.doesNotMatch(page, /Other/)
  })

  for (const body of ['', '{}', '{"status":"maintenance"}', '[]', '<h1>Sign in</h1>']) {
    test(`a revocation answered with 200 “${body}” counts as done only when the token is dead`, async () => {
      const answers = rewriteAnswers()
      await using world = await createWorld({ fetch: answers.wrap })
      const jo = await world.connected()
      const { connectionId } = await world.ownerOf(jo)
      let isDead = false
      answers.use(({ url }, real) => {
        if (url.pathname !== '/oauth/revoke') return undefined
        return isDead ? real().then(() => new Response(body)) : new Response(body)
      })
      await jo.post(`/connections/${connectionId}/disconnection`, { password })
      await world.advanceUntil(world.taskr.idle())
      const receipt = async () => wordsOf((await jo.get('/connections')).body)
      assert.match(await receipt(), /Not yet revoked/)
      isDead = true
      await world.clock.advance(60_000)
      await world.advanceUntil(world.taskr.parts.connections.revokeDue())
      assert.doesNotMatch(await receipt(), /Not yet revoked/)
    })
  }

  test('a list of webhooks that lacks Taskr’s leaves it in use', async () => {
    const answers = rewriteAnswers()
    await using world = await createWorld({
      fetch: answers.wrap,
      publicUrl: 'https://taskr.example.com',
    })
    await world.connected()
    const before = world.attio.control.world.webhooks.all().map(({ id }) => id)
    assert.equal(before.length, 1)
    answers.use(({ method, url }) =>
      method === 'GET' && url.pathname === '/v2/webhooks' ? Response.json({ data: [] }) : undefined,
    )
    await world.clock.advance(25 * 3_600_000)
    await world.advanceUntil(world.taskr.parts.webhooks.checkDue(new AbortController().signal))
    assert.ok(world.sent(`/v2/webhooks/${before[0]}`) > 0, 'it was asked for by itself')
    assert.deepEqual(
      world.attio.control.world.webhooks.all().map(({ id }) => id),
      before,
    )
  })

  for (const [what, isRepeated] of [
    ['repeats its first page', true],
    ['is empty after its first page', false],
  ] as const) {
    test(`a list of tasks that ${what} fails the sync after a few pages and removes nothing`, async () => {
      const answers = rewriteAnswers()
      await using world = await createWorld({ attio: { seed: 'no-tasks' }, fetch: answers.wrap })
      const person = { member: standard.people.ada.emailAddress, workspace: 'acme' }
      const ada = world.attio.control.as(person)
      for (let count = 0; count < 501; count += 1) ada.addTask({ content: `Task ${count}` })
      let firstPage = ''
      answers.use(async ({ url }, real) => {
        const answer = await real()
        if (url.pathname === '/v2/tasks') firstPage ||= await answer.clone().text()
        return answer
      })
      const jo = await world.connected()
      let pages = 0
      answers.use(({ url }) => {
        if (url.pathname !== '/v2/tasks') return undefined
        pages += 1
        if (url.searchParams.get('offset') === '0') return undefined
        return isRepeated ? new Response(firstPage) : Response.json({ data: [] })
      })
      await syncAgain(world, jo)
      assert.ok(pages > 1 && pages < 40, `the sync asked for ${pages} pages`)
      assert.ok(world.logger.lines.some((line) => line.includes('"event":"sync.failed"')))
      assert.match(wordsOf((await jo.get('/?view=open')).body), /501/)
    })
  }
})

/** Leaves Ben out of a list of members. */
async function withoutBen(answer: Promise<Response>): Promise<Response> {
  const list = z.object({ data: z.array(z.looseObject({ email_address: z.string() })) })
  const { data } = list.parse(await (await answer).json())
  const ben = standard.people.ben.emailAddress
  return Response.json({ data: data.filter((member) => member.email_address !== ben) })
}

async function syncAgain(world: World, jo: Awaited<ReturnType<World['connected']>>): Promise<void> {
  await world.clock.advance(120_000)
  await jo.post('/tasks/refresh')
  await world.advanceUntil(world.taskr.idle())
}

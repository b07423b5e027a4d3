import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import { z } from 'zod'
import { wordsOf } from '../../testing/in-process/page-text.ts'
import { rewriteAnswers } from '../../testing/in-process/rewritten-answers.ts'
import { createWorld } from '../../testing/in-process/testbed.ts'

suite('what a sync cannot read', () => {
  for (const [what, spoiled] of Object.entries({
    'a text that is null': null,
    'a text that is a number': 7,
    'a text that is a list': ['Call'],
  })) {
    test(`one task with ${what} is named in the connection’s state, and read once it is right`, async () => {
      let isSpoiled = true
      await using world = await createWorld({
        attio: { seed: 'no-tasks' },
        fetch: (real) => async (input, init) => {
          const answer = await real(input, init)
          const text = await answer.clone().text()
          return isSpoiled && text.includes('"Spoiled"')
            ? new Response(text.replaceAll('"Spoiled"', JSON.stringify(spoiled)), answer)
            : answer
        },
      })
      const ada = world.attio.control.as({
        member: standard.people.ada.emailAddress,
        workspace: 'acme',
      })
      const assigneeIds = [standard.members.adaAtAcme]
      for (const content of ['Before', 'Spoiled', 'After']) ada.addTask({ content, assigneeIds })
      const jo = await world.connected()
      const list = wordsOf((await jo.get('/?view=open')).body)
      assert.match(list, /Before/)
      assert.match(list, /After/)
      const state = wordsOf((await jo.get('/connections')).body)
      assert.match(state, /Skipped 1 task that Taskr couldn’t read/)
      isSpoiled = false
      await jo.post('/tasks/refresh')
      await world.advanceUntil(world.taskr.idle())
      assert.match(wordsOf((await jo.get('/?view=open')).body), /Spoiled/)
      assert.doesNotMatch(wordsOf((await jo.get('/connections')).body), /Skipped/)
    })
  }

  /** Each spoils the first item of the list at that path. */
  const spoilt: readonly (readonly [what: string, path: RegExp, spoil: (item: Item) => unknown])[] =
    [
      [
        'a member without an access level',
        /workspace_members$/,
        (item) => ({ ...item, access_level: 7 }),
      ],
      ['a member that is null', /workspace_members$/, () => null],
      ['a member whose ID is null', /workspace_members$/, (item) => ({ ...item, id: null })],
      ['an object without a time', /objects$/, (item) => ({ ...item, created_at: undefined })],
      ['an object whose slug is a number', /objects$/, (item) => ({ ...item, api_slug: 7 })],
      ['an object that is null', /objects$/, () => null],
      ['a record without values', /query$/, (item) => ({ ...item, values: null })],
      ['a record with an odd attribute', /query$/, (item) => ({ ...item, values: { odd: 7 } })],
      [
        'a task whose ID is a path',
        /tasks$/,
        (item) => ({ ...item, id: { ...item.id, task_id: '../self' } }),
      ],
      ...['', '..', 'a/b', '\ud800', '\0'].map(
        (slug) =>
          [
            `a task linked to an object called ${JSON.stringify(slug)}`,
            /tasks$/,
            (item: Item) => ({
              ...item,
              linked_records: [{ target_object_id: slug, target_record_id: 'r' }],
            }),
          ] as const,
      ),
    ]
  for (const [what, path, spoil] of spoilt) {
    test(`${what} keeps back neither the other items nor the end of the sync`, async () => {
      const answers = rewriteAnswers()
      await using world = await createWorld({ fetch: answers.wrap })
      answers.use(async ({ url }, real) => {
        if (!path.test(url.pathname)) return undefined
        const [first, ...others] = z
          .object({ data: z.array(itemSchema) })
          .parse(await (await real()).json()).data
        return Response.json({ data: [first && spoil(first), ...others] })
      })
      const jo = await world.connected()
      const { mirror, connections } = world.taskr.parts
      const { accountId, connectionId } = await world.ownerOf(jo)
      const scope = { accountId, connectionId, sees: 'everyone', memberId: undefined } as const
      const linked = world.attio.control.world.tasks.all().flatMap((task) => task.linkedRecords)
      const ids = linked.map(({ recordId }) => recordId)
      const names = await mirror.listRecords(new Map([[connectionId, ids]]))
      assert.ok(names.filter(({ name }) => name !== '').length >= 5, 'records have their names')
      assert.ok((await mirror.listMembers([connectionId])).length >= 3, 'members are known')
      assert.equal((await connections.list(accountId)).length, 1)
      assert.match(wordsOf((await jo.get('/connections')).body), /Last synced \d\d:\d\d/)
      const open = { isCompleted: false, whose: { kind: 'everyone' } } as const
      assert.ok((await mirror.countTasks([scope], open)) >= 15, 'tasks arrive')
    })
  }

  test('more unreadable tasks than a page holds are skipped, and the others arrive', async () => {
    const answers = rewriteAnswers()
    await using world = await createWorld({ attio: { seed: 'no-tasks' }, fetch: answers.wrap })
    const ada = world.attio.control.as({
      member: standard.people.ada.emailAddress,
      workspace: 'acme',
    })
    for (let count = 0; count < 520; count += 1) {
      ada.addTask({ content: `Task ${count}`, assigneeIds: [standard.members.adaAtAcme] })
    }
    answers.use(async ({ url }, real) => {
      if (url.pathname !== '/v2/tasks') return undefined
      return new Response((await (await real()).text()).replaceAll(/"Task \d*[1-9]"/g, 'null'))
    })
    const jo = await world.connected()
    assert.match(wordsOf((await jo.get('/connections')).body), /Skipped 468 tasks/)
    assert.equal(world.sent('/v2/tasks'), 2)
    const { body } = await jo.get('/?view=no-date')
    assert.equal(body.match(/class="task"/g)?.length, 52)
  })
})

const itemSchema = z.looseObject({ id: z.looseObject({}) })
type Item = z.output<typeof itemSchema>

// One action for many tasks: what each answer says, and that a task tried again is changed once.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import { z } from 'zod'
import { startChanging, type Changing } from '../../../../testing/in-process/task-changes.ts'
import { suspendMember } from '../../../../testing/in-process/team.ts'
import { createWorld } from '../../../../testing/in-process/testbed.ts'

const quote = 'Send Initech the revised quote'
const certificate = 'Renew the safety certificate'
const requestKey = 'one-key-of-a-page'

suite('bulk actions', () => {
  test('RL-28 a task that is tried again alone, after an answer was lost, is changed once', async () => {
    await using world = await createWorld()
    const changing = await startChanging(world)
    const names = await Promise.all([quote, certificate].map((text) => nameOf(changing, text)))
    const fields = { requestKey, action: 'deadline', words: 'tomorrow' }
    const both = await send(changing, { ...fields, 'task[]': names })
    assert.equal(both.changed.length, 2)
    const alone = await send(changing, { ...fields, 'task[]': names.slice(0, 1) })
    assert.deepEqual(alone, { changed: both.changed.slice(0, 1), refused: [] })
    const other = await send(changing, { ...fields, words: 'friday', 'task[]': names.slice(0, 1) })
    assert.equal(other.changed.length, 1)
    assert.notDeepEqual(other.changed, alone.changed)
  })

  test('each task that is refused is named with the reason, and the others are changed', async () => {
    await using world = await createWorld()
    const changing = await startChanging(world)
    const name = await nameOf(changing, quote)
    const gone = `${changing.owner.connectionId}/${crypto.randomUUID()}`
    const answer = await send(changing, {
      requestKey,
      action: 'completion',
      'task[]': [gone, name],
    })
    assert.equal(answer.changed.length, 1)
    assert.deepEqual(answer.refused, [{ task: gone, reason: 'Not saved. That task is gone.' }])
  })

  for (const action of ['completion', 'deletion']) {
    test(`a task of a workspace that was disconnected does not end the batch: ${action}`, async () => {
      await using world = await createWorld()
      const changing = await startChanging(world)
      const name = await nameOf(changing, quote)
      const gone = `${crypto.randomUUID()}/${crypto.randomUUID()}`
      const answer = await send(changing, { requestKey, action, 'task[]': [name, gone] })
      assert.equal(answer.changed.length, 1)
      assert.deepEqual(answer.refused, [{ task: gone, reason: 'Not saved. That task is gone.' }])
    })
  }

  test('a refused task succeeds when it is tried again after the cause is over', async () => {
    await using world = await createWorld()
    const changing = await startChanging(world)
    const ben = standard.members.benAtAcme
    const name = await nameOf(changing, quote)
    const fields = {
      requestKey,
      action: 'assignees',
      'assignee[]': [ben],
      'shown[]': [name],
      'task[]': [name],
    }
    const sync = () => world.advanceUntil(world.taskr.parts.sync.syncNow(changing.owner, 0))
    suspendMember(world, ben)
    await world.clock.advance(3_600_000)
    await sync()
    const refused = await send(changing, fields)
    assert.deepEqual(refused.refused, [
      { task: name, reason: 'Not saved. Someone you chose has left that workspace.' },
    ])
    suspendMember(world, ben, false)
    await world.clock.advance(3_600_000)
    await sync()
    assert.equal((await send(changing, fields)).changed.length, 1)
    assert.ok((await changing.shownOf(quote)).assigneeIds.some((id) => id === ben))
  })
})

async function nameOf({ owner, shownOf }: Changing, text: string): Promise<string> {
  return `${owner.connectionId}/${(await shownOf(text)).taskId}`
}

const answerSchema = z.strictObject({
  changed: z.array(z.string()),
  refused: z.array(z.strictObject({ task: z.string(), reason: z.string() })),
})

async function send(
  { jo }: Changing,
  fields: Readonly<Record<string, string | readonly string[]>>,
): Promise<z.output<typeof answerSchema>> {
  const form = new URLSearchParams({ returnTo: '/' })
  for (const [name, value] of Object.entries(fields)) {
    for (const one of [value].flat()) form.append(name, one)
  }
  const answer = await jo.post('/tasks/bulk', form.toString())
  assert.equal(answer.status, 200, answer.body)
  return answerSchema.parse(JSON.parse(answer.body))
}

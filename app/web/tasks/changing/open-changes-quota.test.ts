import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createWorld } from '../../../../testing/in-process/testbed.ts'
import { mostOpenChanges } from '../../../tasks/changes.ts'
import type { Database } from '../../../database/open-database.ts'
import { asChangeId, asTaskId, type AccountId } from '../../../support/ids.ts'

test('an account with 5,000 changes that are not sent yet is told to wait, and other accounts are not', async () => {
  let opened: Database | undefined
  await using world = await createWorld({ betweenDatabase: (database) => (opened = database) })
  const jo = await world.connected()
  const eve = await world.connected('eve')
  const owner = await world.ownerOf(jo)
  world.attio.control.faults.add({ answer: { reset: 'before-commit' } })
  const add = async (number: number, to = owner) =>
    await world.taskr.parts.changes.create(
      to,
      { content: `Task ${number}`, deadlineAt: null, assigneeIds: [], linkedRecords: [] },
      `request-key-${number}`,
    )
  assert.ok(opened !== undefined)
  await add(1)
  await repeatChange(opened, owner.accountId, mostOpenChanges - 2)
  assert.equal((await add(2)).kind, 'recorded')
  assert.deepEqual(await add(3), { kind: 'refused', refusal: 'too-many-open' })
  const answer = await jo.post('/tasks', {
    content: 'One more',
    connectionId: owner.connectionId,
    requestKey: 'request-key-of-the-form',
  })
  assert.equal(answer.status, 422)
  assert.match(answer.body, /Too many changes are still being sent/)
  assert.match(answer.body, /One more/)
  assert.equal((await add(4, await world.ownerOf(eve))).kind, 'recorded')
})

/** Stores copies of the account's only change. */
async function repeatChange({ db }: Database, accountId: AccountId, count: number): Promise<void> {
  const change = await db
    .selectFrom('changes')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow()
  const copies = Array.from({ length: count }, (_, number) => ({
    ...change,
    change_id: asChangeId(`${change.change_id}-${number}`),
    task_id: asTaskId(`task-${number}`),
    request_key: `${change.request_key}-${number}`,
  }))
  for (let at = 0; at < copies.length; at += 100) {
    await db
      .insertInto('changes')
      .values(copies.slice(at, at + 100))
      .execute()
  }
}

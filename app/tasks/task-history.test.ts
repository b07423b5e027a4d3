// A task's history in Taskr names who asked for each change, since Attio names the app for all of them.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import { inAttio, startTeam, type Team } from '../../testing/in-process/team.ts'
import { wordsOf } from '../../testing/in-process/page-text.ts'
import { asTaskId, type AccountId } from '../support/ids.ts'

const { benAtAcme } = standard.members

suite('a task’s history', () => {
  test('a colleague’s change is shown with their name, and the reader’s own without', async () => {
    await using team = await startTeam()
    const ben = await team.join('ben', benAtAcme)
    const task = await taskFor(team, [benAtAcme])
    const { changes } = team.world.taskr.parts
    await changes.update(task(ben.accountId), { isCompleted: true }, 'ben completes')
    await changes.update(task(team.owner.accountId), { isCompleted: false }, 'ada reopens')
    await team.world.taskr.idle()
    const of = async (reader: AccountId) =>
      (await changes.historyOf(task(reader))).map(({ by, wanted }) => [wanted.isCompleted, by])
    const you = { kind: 'you' }
    assert.deepEqual(await of(team.owner.accountId), [
      [false, you],
      [true, { kind: 'colleague', name: 'Ben Okafor' }],
    ])
    assert.deepEqual(await of(ben.accountId), [
      [false, { kind: 'colleague', name: 'Ada Byron' }],
      [true, you],
    ])
    const { connectionId, taskId } = task(ben.accountId)
    const page = await ben.browser.get(`/tasks/${connectionId}/${taskId}`)
    assert.match(wordsOf(page.body), /Reopened · Ada Byron .*Completed /)
  })

  test('a colleague’s withdrawn or failed changes are not shown to others', async () => {
    await using team = await startTeam()
    const ben = await team.join('ben', benAtAcme)
    const task = await taskFor(team, [benAtAcme])
    const { changes } = team.world.taskr.parts
    const removed = await changes.remove(task(ben.accountId), 'ben deletes')
    assert.ok(removed.kind === 'recorded')
    await changes.undo(ben.accountId, removed.change.changeId)
    assert.deepEqual(await changes.historyOf(task(team.owner.accountId)), [])
    assert.equal((await changes.historyOf(task(ben.accountId))).length, 1)
  })

  test('an undo of what a colleague changed since names them, after they lost their seat, too', async () => {
    await using team = await startTeam()
    const ben = await team.join('ben', benAtAcme)
    const task = await taskFor(team, [benAtAcme])
    const { changes, seats } = team.world.taskr.parts
    const { accountId } = team.owner
    const due = async (day: number, by: AccountId) => {
      const patch = { deadlineAt: Date.UTC(2026, 11, day) }
      const recorded = await changes.update(task(by), patch, `due ${day}`)
      await team.world.taskr.idle()
      assert.ok(recorded.kind === 'recorded')
      return recorded.change.changeId
    }
    const first = await due(1, accountId)
    await due(2, ben.accountId)
    await seats.remove(team.owner, ben.accountId)
    assert.deepEqual(await changes.undo(accountId, first), {
      kind: 'changed-since',
      by: { kind: 'colleague', name: 'Ben Okafor' },
    })
    const second = await due(3, accountId)
    await due(4, accountId)
    assert.deepEqual(await changes.undo(accountId, second), {
      kind: 'changed-since',
      by: { kind: 'you' },
    })
    const toast = await team.ada.post(`/changes/${second}/undoing`, { returnTo: '/' })
    assert.equal(toast.status, 303)
    assert.match(wordsOf((await team.ada.get('/')).body), /Not undone\. You changed it since\./)
  })
})

/** Adds a task in Attio, and returns how an account refers to it. */
async function taskFor(team: Team, assigneeIds: readonly string[]) {
  const { id } = inAttio(team.world).addTask({
    content: 'Call Grace',
    assigneeIds: [...assigneeIds],
  })
  await team.world.delivered()
  const { connectionId } = team.owner
  return (accountId: AccountId) => ({ accountId, connectionId, taskId: asTaskId(id) })
}

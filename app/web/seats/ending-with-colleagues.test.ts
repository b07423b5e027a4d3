// An owner whose colleagues work through the connection is asked to hand it over before it ends.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import { wordsOf } from '../../../testing/in-process/page-text.ts'
import { startTeam, type Team } from '../../../testing/in-process/team.ts'
import { password } from '../../../testing/in-process/testbed.ts'

suite('ending a connection that colleagues work through', () => {
  test('disconnecting says first to hand it over, and ends it for everyone only when told to', async () => {
    await using team = await startTeam()
    const { ada, owner, world } = team
    const ben = await team.join('ben', standard.members.benAtAcme)
    const disconnect = async (given: Readonly<Record<string, string>> = {}) =>
      await ada.post(`/connections/${owner.connectionId}/disconnection`, given)
    const asked = await disconnect()
    assert.equal(asked.status, 409)
    const said =
      /Still connected\. Colleagues work through it\. Hand it over, or tick the box below\./
    assert.match(wordsOf(asked.body), said)
    assert.match(wordsOf(asked.body), /Hand over Acme Robotics….*Also end it for 1 colleague/)
    // The password is asked for, too, and a right one does not skip the question.
    await world.clock.advance(11 * 60_000)
    assert.match(wordsOf((await disconnect({ password })).body), said)
    assert.equal((await disconnect({ password, everyone: 'yes' })).location, '/connections')
    await world.taskr.idle()
    const told = wordsOf((await ben.browser.get('/connections')).body)
    assert.match(told, /Acme Robotics was disconnected, so your seat there ended\./)
  })

  test('deleting the account names the workspaces to hand over, and goes on when that is done', async () => {
    await using team = await startTeam()
    const { ada, world } = team
    const ben = await team.join('ben', standard.members.benAtAcme, { sees: 'everyone' })
    const asked = await ada.post('/settings/deletion', { password })
    assert.equal(asked.status, 400)
    assert.match(
      wordsOf(asked.body),
      /Your account wasn't deleted\. Colleagues work through Acme Robotics\. Under Connections, hand it over or disconnect it first\./,
    )
    assert.equal((await handOver(team, ben.accountId)).location, '/connections')
    await makeAnotherOperator(team, ben.accountId)
    const gone = ada.post('/settings/deletion', { password })
    assert.equal((await world.advanceUntil(gone)).location, '/')
    const list = (await ben.browser.get('/?view=open&whose=everyone')).body
    assert.match(list, /Send Initech the revised quote/)
    assert.match(wordsOf((await ben.browser.get('/connections')).body), /Invite people/)
  })
})

async function handOver({ ada, owner }: Team, accountId: string) {
  return await ada.post(`/connections/${owner.connectionId}/owner`, { to: accountId })
}

/** Ada signed up first, and the only operator cannot go. */
async function makeAnotherOperator({ ada }: Team, accountId: string): Promise<void> {
  const made = await ada.post(`/operator/accounts/${accountId}/role`, { isOperator: 'yes' })
  assert.equal(made.status, 303)
}

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import { linkMailedTo, mailTo } from '../../../testing/in-process/kept-mail.ts'
import { startTeam, type Team } from '../../../testing/in-process/team.ts'

const { benAtAcme } = standard.members
const bens = standard.people.ben.emailAddress

suite('a mailed invitation', () => {
  test('it goes to the member’s address in Attio, names the owner, and its link works', async () => {
    await using team = await startTeam()
    const { ada, owner, world } = team
    const address = `/connections/${owner.connectionId}/people/invitations`
    const form = new URLSearchParams([
      ['sees', 'own'],
      ['member[]', benAtAcme],
    ])
    const invited = await ada.post(address, form.toString())
    assert.equal(invited.status, 200, invited.body)
    assert.match(invited.body, /Invitation mailed/)
    const link = await linkMailedTo(world.taskr, bens)
    assert.ok(invited.body.includes(link), 'the owner can copy the same link')
    const [mail] = await mailTo(world.taskr, bens)
    assert.match(mail?.subject ?? '', /^Ada Byron invites you to work with Acme/)
    const ben = await world.signedUp('ben')
    const opened = await ben.get(link)
    assert.match((await ben.get(opened.location ?? '')).body, /Join Acme/)
    assert.equal(await invitedBy(team), 'mail')
  })

  test('without a mail server the owner sends the link', async () => {
    await using team = await startTeam({ environment: { NODE_ENV: 'production' } })
    const { ada, owner } = team
    const address = `/connections/${owner.connectionId}/people/invitations`
    const form = new URLSearchParams([
      ['sees', 'own'],
      ['member[]', benAtAcme],
    ])
    assert.match((await ada.post(address, form.toString())).body, /Send this link/)
    assert.equal(await invitedBy(team), 'link')
  })
})

/** Returns the way of the newest invitation in the owner's audit log. */
async function invitedBy({ owner, world }: Team): Promise<string | undefined> {
  const { events } = await world.taskr.parts.accounts.listEvents(owner.accountId, { limit: 50 })
  return events.find(({ kind }) => kind === 'invited')?.details['by']
}

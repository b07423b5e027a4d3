import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import type { Browser } from '../../../testing/in-process/http-browser.ts'
import { linkMailedTo, mailTo, secretOf } from '../../../testing/in-process/mail/kept-mail.ts'
import { password } from '../../../testing/in-process/testbed.ts'
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

  test('the owner and the colleague are told by mail when a seat begins and ends', async () => {
    await using team = await startTeam()
    const { ada, owner, world } = team
    const adas = await confirmed(team, ada, 'ada-at-home@acme.example')
    const ben = await team.join('ben', benAtAcme)
    const bensOwn = await confirmed(team, ben.browser, 'ben-at-home@acme.example')
    await world.taskr.parts.seats.remove(owner, ben.accountId)
    const subjects = async (address: string) =>
      (await mailTo(world.taskr, address)).map(({ subject }) => subject)
    assert.deepEqual((await subjects(adas)).slice(0, 2).map(verbOf), ['no longer', 'joined'])
    assert.deepEqual((await subjects(bensOwn)).slice(0, 1).map(verbOf), ['no longer'])
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

const verbOf = (subject: string): string | undefined => /joined|no longer/.exec(subject)?.[0]

/** Confirms an address for the account of the browser, and returns it. */
async function confirmed({ world }: Team, browser: Browser, address: string): Promise<string> {
  const form = { emailAddress: address, addressPassword: password }
  assert.equal((await browser.post('/settings/email-address', form)).status, 303)
  const link = secretOf(await linkMailedTo(world.taskr, address))
  assert.equal((await browser.post('/email-address', { link })).status, 200)
  return address
}

/** Returns the way of the newest invitation in the owner's audit log. */
async function invitedBy({ owner, world }: Team): Promise<string | undefined> {
  const { events } = await world.taskr.parts.accounts.listEvents(owner.accountId, { limit: 50 })
  return events.find(({ kind }) => kind === 'invited')?.details['by']
}

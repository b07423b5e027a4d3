// A link of an invitation that does not let its reader in says why, and what to do.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import type { Browser } from '../../../testing/in-process/http-browser.ts'
import { linkMailedTo, secretOf } from '../../../testing/in-process/mail/kept-mail.ts'
import { wordsOf } from '../../../testing/in-process/page-text.ts'
import { startTeam, suspendMember, type Team } from '../../../testing/in-process/team.ts'
import { password } from '../../../testing/in-process/testbed.ts'
import { asMemberId } from '../../support/ids.ts'

const { benAtAcme } = standard.members

suite('an invitation that is refused', () => {
  test('is for another address than the account has confirmed', async () => {
    await using team = await startTeam()
    const link = await invite(team)
    const mallory = await withAddress(team, 'mallory', 'mallory@globex.example')
    const words =
      /This link is for another address Your account’s address is mallory@globex\.example, but the link is for ben@acme\.example\. Ask the admin who invited you to invite the member with your address\./
    assert.match(await wordsAt(mallory, link), words)
    const joined = await mallory.post('/join')
    assert.equal(joined.status, 409)
    assert.match(wordsOf(joined.body), words)
    // It still works for its person, whose address may be spelled otherwise.
    const ben = await withAddress(team, 'ben', 'Ben@ACME.example')
    assert.match(await wordsAt(ben, link), /Join Acme Robotics as Ben Okafor/)
    assert.equal((await ben.post('/join')).location, '/')
    assert.match(await wordsAt(mallory, link), /This link was used already/)
  })

  test('is for a member who is suspended or gone in Attio, until they are back', async () => {
    await using team = await startTeam()
    const { owner, world } = team
    const link = await invite(team)
    const ben = await world.signedUp('ben')
    suspendMember(world, benAtAcme)
    await world.taskr.parts.sync.readMembers(owner)
    assert.match(
      await wordsAt(ben, link),
      /You’re suspended in Attio The person this link is for is suspended in Acme Robotics\. Ask an admin there to change that, then open the link again\./,
    )
    assert.equal((await ben.post('/join')).status, 409)
    suspendMember(world, benAtAcme, false)
    await world.taskr.parts.sync.readMembers(owner)
    assert.match(await wordsAt(ben, link), /Join Acme Robotics/)
    const { world: inAttio } = world.attio.control
    inAttio.transact(() => inAttio.members.remove(benAtAcme))
    await world.taskr.parts.sync.readMembers(owner)
    assert.match(
      await wordsAt(ben, link),
      /You’re no longer in this workspace The person this link is for was removed from Acme Robotics in Attio\. Ask an admin there to add you again\./,
    )
    assert.equal((await ben.post('/join')).status, 409)
  })

  test('was guessed, withdrawn, replaced, expired or used', async () => {
    await using team = await startTeam()
    const { ada, owner, world } = team
    const eve = await world.signedUp('eve')
    const unknown =
      /This link doesn’t work It may be incomplete, withdrawn, or replaced by a newer one\. Ask the person who invited you for a new link\./
    const guesses = ['guess', 'A'.repeat(43), '%00', encodeURIComponent('<script>'), '../join']
    for (const guess of guesses) assert.match(await wordsAt(eve, `/join/${guess}`), unknown, guess)
    const first = await invite(team)
    const second = await invite(team)
    assert.match(await wordsAt(eve, first), unknown, 'replaced')
    const here = `/connections/${owner.connectionId}/people/invitations/${benAtAcme}`
    assert.equal((await ada.post(`${here}/withdrawal`)).status, 303)
    assert.match(await wordsAt(eve, second), unknown, 'withdrawn')
    const third = await invite(team)
    assert.match(
      await wordsAt(ada, third),
      /You’re in this workspace already This account works in Acme Robotics already/,
    )
    await world.clock.advance(7 * 24 * 3_600_000)
    const later = await world.signedUp('later')
    assert.match(
      await wordsAt(later, third),
      /This link has expired Links work for seven days\. Ask for a new one to join Acme Robotics\./,
    )
  })
})

/** Invites Ben, and returns his link. */
async function invite({ owner, world }: Team): Promise<string> {
  const rights = { sees: 'own', mayLink: true } as const
  const { seats } = world.taskr.parts
  const [invited] = (await seats.invite(owner, [asMemberId(benAtAcme)], rights)) ?? []
  assert.ok(invited)
  return `/join/${invited.secret.reveal()}`
}

/** Opens the link and returns the words of the page that it leads to. */
async function wordsAt(browser: Browser, link: string): Promise<string> {
  const opened = await browser.get(link)
  return wordsOf((await browser.get(opened.location ?? '/join')).body)
}

/** Signs a person up whose address is confirmed. */
async function withAddress({ world }: Team, username: string, address: string): Promise<Browser> {
  const browser = world.browser()
  await browser.post('/signup', { username, password, emailAddress: address })
  const link = secretOf(await linkMailedTo(world.taskr, address))
  assert.equal((await browser.post('/email-address', { link })).status, 200)
  return browser
}

// TASKR_SIGN_UP and TASKR_SIGN_UP_DOMAINS, on every way into a new account.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import type { Answer, Browser } from '../../../testing/in-process/http-browser.ts'
import { linkMailedTo, mailTo, secretOf } from '../../../testing/in-process/mail/kept-mail.ts'
import { accountOf, startTeam, type Team } from '../../../testing/in-process/team.ts'
import { createWorld, password, type World } from '../../../testing/in-process/testbed.ts'
import { asMemberId } from '../../support/ids.ts'

const jos = 'jo@acme.example'
const ofAcme = { TASKR_SIGN_UP_DOMAINS: 'acme.example' }

suite('sign-up by invitation', () => {
  test('SU-02 without an invitation the landing page, sign-up and log-in say so, and no form works', async () => {
    await using world = await createWorld({ environment: { TASKR_SIGN_UP: 'invited' } })
    const visitor = world.browser()
    const landing = await visitor.get('/')
    assert.match(landing.body, /Sign-up here is by invitation/)
    assert.doesNotMatch(landing.body, /href="\/signup"/)
    assert.match((await visitor.get('/login')).body, /Sign-up is by invitation/)
    assert.match((await visitor.get('/signup')).body, /Sign-up is by invitation/)
    assert.equal((await signUp(visitor, 'eve')).status, 403)
    const guess = { link: 'A'.repeat(43) }
    assert.equal((await signUp(visitor, 'eve', guess)).status, 403)
    visitor.cookies.set('taskr_invitation', 'A'.repeat(43))
    assert.equal((await signUp(visitor, 'eve')).status, 403)
  })

  test('SU-03 an invitation to a seat lets one account in, which then joins', async () => {
    await using team = await startTeam()
    await team.world.restart({ TASKR_SIGN_UP: 'invited' })
    const ben = await invited(team)
    assert.match((await ben.get('/join')).body, /Sign up to join/)
    assert.match((await ben.get('/signup?returnTo=/join')).body, /name="username"/)
    assert.match((await ben.get('/login?returnTo=/join')).body, /href="\/signup/)
    const mallory = withSameInvitation(team.world, ben)
    assert.equal((await signUp(ben, 'ben')).status, 303)
    const again = await signUp(mallory, 'mallory')
    assert.equal(again.status, 403)
    assert.match(again.body, /This invitation was used already/)
    assert.equal((await ben.post('/join')).location, '/')
    assert.match((await ben.get('/')).body, /Acme Robotics/)
  })

  test('SU-03 two people who sign up with one invitation at once give one account', async () => {
    await using team = await startTeam()
    await team.world.restart({ TASKR_SIGN_UP: 'invited' })
    const first = await invited(team)
    const browsers = [first, ...[1, 2, 3].map(() => withSameInvitation(team.world, first))]
    const answers = await Promise.all(browsers.map((one, at) => signUp(one, `ben${at}`)))
    assert.deepEqual(
      answers.map(({ status }) => status).toSorted((a, b) => a - b),
      [303, 403, 403, 403],
    )
  })

  test('SU-03 a withdrawn, expired or used invitation lets no account in', async () => {
    await using team = await startTeam()
    await team.world.restart({ TASKR_SIGN_UP: 'invited' })
    const ben = await invited(team)
    const memberId = asMemberId(standard.members.benAtAcme)
    await team.world.taskr.parts.seats.withdraw(team.owner, memberId)
    assert.equal((await signUp(ben, 'ben')).status, 403)
    const late = await invited(team)
    await team.world.clock.advance(7 * 24 * 3_600_000 + 1)
    assert.equal((await signUp(late, 'ben')).status, 403)
  })
})

suite('closed sign-up', () => {
  test('SU-02 neither a form nor an invitation makes an account, and each page says so', async () => {
    await using team = await startTeam()
    await team.world.restart({ TASKR_SIGN_UP: 'closed' })
    const ben = await invited(team)
    assert.match((await ben.get('/join')).body, /Sign-up here is closed/)
    assert.match((await ben.get('/')).body, /Sign-up here is closed/)
    assert.match((await ben.get('/login')).body, /Sign-up is closed/)
    assert.match((await ben.get('/signup')).body, /Sign-up is closed/)
    assert.equal((await signUp(ben, 'ben')).status, 403)
    const asked = await ben.post('/signup/link', { emailAddress: jos })
    assert.equal(asked.status, 403)
    assert.deepEqual(await mailTo(team.world.taskr, jos), [])
  })
})

suite('sign-up for addresses of certain domains', () => {
  test('SU-04 the account is made by the person who opens the mailed link, and its address counts as verified', async () => {
    await using world = await createWorld({ environment: ofAcme })
    const jo = world.browser()
    assert.match((await jo.get('/')).body, /For people with an address at/)
    assert.match((await jo.get('/signup')).body, /Work email/)
    const asked = await jo.post('/signup/link', { emailAddress: jos })
    assert.match(asked.body, /Check your mail/)
    const address = await linkMailedTo(world.taskr, jos)
    assert.equal((await jo.get(address)).status, 200, 'opening the link changes nothing')
    assert.match((await jo.get(address)).body, /jo@acme\.example/)
    const link = secretOf(address)
    assert.equal((await signUp(jo, 'jo', { link, emailAddress: 'x@evil.example' })).status, 303)
    const accountId = await accountOf(world, jo)
    const own = await world.taskr.parts.accounts.findOwnAddress(accountId)
    assert.deepEqual([own.emailAddress, own.isVerified], [jos, true])
    const again = world.browser()
    assert.equal((await again.get(address)).status, 404)
    assert.equal((await signUp(again, 'eve', { link })).status, 403)
  })

  test('SU-04 a form that names an address of the domain, without its link, makes no account', async () => {
    await using world = await createWorld({ environment: ofAcme })
    const eve = world.browser()
    const answer = await signUp(eve, 'eve', { emailAddress: jos })
    assert.equal(answer.status, 403)
    assert.match(answer.body, /Work email/)
    assert.equal((await eve.get('/settings')).status, 303)
  })

  test('SU-04 no link is mailed to an address of another domain', async () => {
    await using world = await createWorld({ environment: ofAcme })
    const eve = world.browser()
    for (const emailAddress of ['eve@evil.example', 'eve@acme.example.evil.example', 'eve']) {
      const answer = await eve.post('/signup/link', { emailAddress })
      assert.equal(answer.status, 400, emailAddress)
      assert.deepEqual(await mailTo(world.taskr, emailAddress), [])
    }
  })

  test('SU-04 a link works once, for a day, and not after its domain has left the list', async () => {
    await using world = await createWorld({ environment: ofAcme })
    const link = await mailedLink(world)
    await world.restart({ TASKR_SIGN_UP_DOMAINS: 'globex.example' })
    const refused = await signUp(world.browser(), 'jo', { link })
    assert.equal(refused.status, 403)
    await world.restart({ ...ofAcme, TASKR_SIGN_UP: 'closed' })
    assert.equal((await signUp(world.browser(), 'jo', { link })).status, 403)
    await world.restart()
    const browsers = [1, 2, 3].map(() => world.browser())
    const answers = await Promise.all(browsers.map((one, at) => signUp(one, `jo${at}`, { link })))
    assert.deepEqual(
      answers.map(({ status }) => status).toSorted((a, b) => a - b),
      [303, 403, 403],
    )
    const late = await mailedLink(world)
    await world.clock.advance(24 * 3_600_000)
    assert.equal((await signUp(world.browser(), 'late', { link: late })).status, 403)
    await world.taskr.parts.accounts.forgetExpired()
  })

  test('SU-04 where sign-up is by invitation, too, the link needs one and keeps it', async () => {
    await using team = await startTeam()
    const { world } = team
    await world.restart({ ...ofAcme, TASKR_SIGN_UP: 'invited' })
    const eve = world.browser()
    assert.equal((await eve.post('/signup/link', { emailAddress: jos })).status, 403)
    assert.deepEqual(await mailTo(world.taskr, jos), [])
    const ben = await invited(team)
    assert.match((await signUp(ben, 'ben')).body, /Work email/)
    const link = await mailedLink(world, ben)
    const second = await mailedLink(world, ben)
    // The mail may be opened in another browser.
    assert.equal((await signUp(world.browser(), 'ben', { link })).status, 303)
    assert.equal((await signUp(world.browser(), 'ben2', { link: second })).status, 403)
  })

  test('SU-05 five links an hour are mailed to one address, with the same answer', async () => {
    await using world = await createWorld({ environment: ofAcme })
    const visitor = world.browser()
    for (let time = 0; time < 7; time += 1) {
      const answer = await visitor.post('/signup/link', { emailAddress: jos })
      assert.match(answer.body, /Check your mail/)
    }
    assert.equal((await mailTo(world.taskr, jos)).length, 5)
  })
})

function signUp(
  browser: Browser,
  username: string,
  fields: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  return browser.post('/signup', { username, password, ...fields })
}

async function mailedLink(world: World, browser: Browser = world.browser()): Promise<string> {
  await browser.post('/signup/link', { emailAddress: jos })
  return secretOf(await linkMailedTo(world.taskr, jos))
}

/** Opens a browser that has opened the link of an invitation for Ben. */
async function invited({ owner, world }: Team): Promise<Browser> {
  const rights = { sees: 'own', mayLink: true } as const
  const memberId = asMemberId(standard.members.benAtAcme)
  const [one] = (await world.taskr.parts.seats.invite(owner, [memberId], rights)) ?? []
  const ben = world.browser()
  await ben.get(`/join/${one?.secret.reveal() ?? ''}`)
  return ben
}

function withSameInvitation(world: World, browser: Browser): Browser {
  const other = world.browser()
  other.cookies.set('taskr_invitation', browser.cookies.get('taskr_invitation') ?? '')
  return other
}

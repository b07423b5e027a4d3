// What the people of a connection do with it together: the owner invites and changes rights, hands the connection over or
// removes a seat, and any admin among them reconnects it.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import type { Browser } from '../../../testing/in-process/http-browser.ts'
import { linkMailedTo, mailTo, secretOf } from '../../../testing/in-process/mail/kept-mail.ts'
import { wordsOf } from '../../../testing/in-process/page-text.ts'
import {
  accountOf,
  addMember,
  inAttio,
  startTeam,
  suspendMember,
  type Team,
} from '../../../testing/in-process/team.ts'
import { password, taskrOrigin } from '../../../testing/in-process/testbed.ts'
import { asMemberId } from '../../support/ids.ts'

const { benAtAcme } = standard.members
const bens = standard.people.ben.emailAddress
const everyone = '/?view=open&whose=everyone'
const quote = /Send Initech the revised quote/

suite('sharing a connection', () => {
  test('the owner selects several members, reads what they will be able to do, and changes it later', async () => {
    await using team = await startTeam()
    const { ada, owner, world } = team
    const dana = standard.members.danaAtAcme
    const here = `/connections/${owner.connectionId}/people`
    assert.match(
      wordsOf((await ada.get(here)).body),
      /They see Their own tasks Tasks assigned to them, or added by them in Taskr\. Everyone’s tasks Every task of the workspace\. Find and link records/,
    )
    const form = new URLSearchParams([
      ['sees', 'own'],
      ['mayLink', 'yes'],
      ['member[]', benAtAcme],
      ['member[]', dana],
    ])
    const invited = await ada.post(`${here}/invitations`, form.toString())
    const links = [...invited.body.matchAll(/\/join\/[\w-]{43}/g)].map(([link]) => link)
    assert.equal(new Set(links).size, 2)
    const ben = await world.signedUp('ben')
    const benId = await accountOf(world, ben)
    const page = wordsOf((await ben.get((await ben.get(links[0] ?? '')).location ?? '')).body)
    assert.match(page, /Join Acme Robotics as Ben Okafor .*Own tasks, can link records\./)
    assert.equal((await ben.post('/join')).location, '/')
    assert.doesNotMatch((await ben.get(everyone)).body, quote)
    await world.clock.advance(60 * 60_000)
    await ben.get('/')
    const rights = `${here}/${benId}/rights`
    assert.equal((await ada.post(rights, { sees: 'everyone' })).status, 303)
    assert.match(
      wordsOf((await ada.get(here)).body),
      /Saved for Ben Okafor\..*Everyone’s tasks, can’t link records · joined .* · last here .*11:4\d/,
    )
    assert.match((await ben.get(everyone)).body, quote)
    assert.equal((await ada.post(rights, { sees: 'own', mayLink: 'yes' })).status, 303)
    assert.doesNotMatch((await ben.get(everyone)).body, quote)
  })

  test('“Invite all” leaves people alone whose link still works', async () => {
    await using team = await startTeam()
    const { ada, owner, world } = team
    const here = `/connections/${owner.connectionId}/people`
    const invite = async (...fields: readonly (readonly [string, string])[]) => {
      const form = new URLSearchParams([['sees', 'own'], ...fields.map(([...pair]) => pair)])
      return await ada.post(`${here}/invitations`, form.toString())
    }
    const first = await invite(['member[]', benAtAcme])
    const [link = ''] = /\/join\/[\w-]{43}/.exec(first.body) ?? []
    for (const name of ['Gail', 'Hugo']) addMember(world, name)
    await world.taskr.parts.sync.readMembers(owner)
    const page = (await ada.get(here)).body
    assert.match(wordsOf(page), /Invite all 3 people not invited yet/)
    assert.match(
      wordsOf(page),
      /linked ones\. dana@acme\.example Ben Okafor/,
      'a person without a name is listed once',
    )
    const shown = [...page.matchAll(/name="shown\[\]" value="([\w-]+)"/g)].map(([, id = '']) => id)
    assert.equal(shown.includes(benAtAcme), false)
    const all = await invite(['everyone', 'yes'], ...shown.map((id) => ['shown[]', id] as const))
    assert.equal(all.body.match(/\/join\/[\w-]{43}/g)?.length, 3)
    assert.doesNotMatch(wordsOf(all.body), /Invite all/)
    const ben = await world.signedUp('ben')
    assert.match((await ben.get((await ben.get(link)).location ?? '')).body, /Join Acme Robotics/)
    // A week later everyone could be invited again.
    await world.clock.advance(8 * 24 * 3_600_000)
    await ada.post('/login', { username: 'ada', password })
    assert.match(wordsOf((await ada.get(here)).body), /Invite all 4 people not invited yet/)
  })

  test('an open page of a removed seat learns of it before any time has passed', async () => {
    await using team = await startTeam()
    const { ada, owner, world } = team
    const ben = await team.join('ben', benAtAcme, { sees: 'everyone' })
    assert.match((await ben.browser.get(everyone)).body, quote)
    const { changed } = await openStream(team, ben.browser)
    const here = `/connections/${owner.connectionId}/people`
    assert.equal((await ada.post(`${here}/${ben.accountId}/removal`)).status, 303)
    assert.equal(await changed, true)
    assert.doesNotMatch((await ben.browser.get(everyone)).body, quote)
    const told = wordsOf((await ben.browser.get('/connections')).body)
    assert.match(told, /You were removed from Acme Robotics\. Ask the person who invited you/)
    assert.equal(world.attio.control.world.accessTokens.all().length, 1)
  })

  test('a suspended seat’s unsent changes are told to both, on pages and by mail', async () => {
    await using team = await startTeam()
    const { ada, owner, world } = team
    const adas = await confirmed(team, ada, 'ada-at-home@acme.example')
    const ben = await team.join('ben', benAtAcme)
    const bensOwn = await confirmed(team, ben.browser, 'ben-at-home@acme.example')
    const page = (await ben.browser.get('/?view=open')).body
    const [, task = ''] = /href="(\/tasks\/[\w-]+\/[\w-]+)/.exec(page) ?? []
    // A deletion waits ten seconds, so that it can be undone.
    const deleted = await ben.browser.post(`${task}/deletion`, {
      requestKey: 'a'.repeat(22),
      returnTo: '/',
    })
    assert.equal(deleted.status, 303, wordsOf(deleted.body))
    suspendMember(world, benAtAcme)
    await world.taskr.parts.sync.readMembers(owner)
    assert.match(
      wordsOf((await ben.browser.get('/connections')).body),
      /Attio no longer counts you as active in Acme Robotics, so your seat there ended\. 1 change had not reached Attio: “Renew the safety certificate”/,
    )
    assert.match(
      wordsOf((await ada.get('/events')).body),
      /Seat ended in Acme Robotics member Ben Okafor ?because Attio no longer counts them as active ?1 change not sent/,
    )
    for (const address of [adas, bensOwn]) {
      const [mail] = await mailTo(world.taskr, address)
      assert.match(
        mail?.text ?? '',
        /The seat of Ben Okafor in Acme Robotics ended, because Attio no longer counts them as active\.\s+1 change had not reached Attio and was dropped\./,
      )
    }
  })

  test('a seat is told whom to ask when the connection is lost, and one who is an admin reconnects it', async () => {
    await using team = await startTeam()
    const { ada, owner, world } = team
    const ben = (await team.join('ben', benAtAcme, { sees: 'everyone' })).browser
    const gails = addMember(world, 'Gail')
    makeAdmin(team)
    const [adas, bens] = ['ada-at-home@acme.example', 'ben-at-home@acme.example']
    await confirmed(team, ada, adas)
    await confirmed(team, ben, bens)
    await world.taskr.parts.sync.readMembers(owner)
    const gail = (await team.join('gail', gails)).browser
    world.attio.control.removeApp(world.clientId, 'acme')
    await ada.post('/tasks/refresh')
    await world.taskr.idle()
    const reconnecting = new RegExp(
      `/integrations/attio/connect\\?connection=${owner.connectionId}`,
    )
    const gailsPage = (await gail.get('/connections')).body
    assert.match(
      wordsOf(gailsPage),
      /Needs reconnecting .*Ask Ada Byron to reconnect it in Taskr\./,
    )
    assert.doesNotMatch(gailsPage, reconnecting)
    const own = (await ben.get('/connections')).body
    assert.match(wordsOf(own), /Ask Ada Byron to reconnect it, or do it yourself/)
    assert.match(own, reconnecting)
    assert.equal((await reconnect(team, ben)).status, 303)
    await world.taskr.idle()
    for (const browser of [ada, ben, gail]) {
      assert.doesNotMatch(wordsOf((await browser.get('/connections')).body), /Needs reconnecting/)
    }
    const reconnected = async (address: string) =>
      (await mailTo(world.taskr, address)).filter(
        ({ subject }) => subject === 'Acme Robotics was reconnected to Taskr',
      )
    const [mail, ...others] = await reconnected(adas)
    assert.match(mail?.text ?? '', /Ben Okafor reconnected Acme Robotics\./)
    assert.deepEqual([...others, ...(await reconnected(bens))], [], 'one mail, to the owner')
    assert.match(wordsOf((await ada.get('/events')).body), /Reconnected .*Ben Okafor/)
    assert.deepEqual(await world.ownerOf(ada), owner, 'Ada still owns it')
    assert.match((await ben.get(everyone)).body, quote)
    assert.equal(world.attio.control.world.accessTokens.all().length, 1)
  })

  test('the new owner of a connection manages it, both are told by mail, and Attio’s changes still arrive', async () => {
    await using team = await startTeam()
    const { ada, owner, world } = team
    const adas = await confirmed(team, ada, 'ada-at-home@acme.example')
    const ben = await team.join('ben', benAtAcme)
    const bensOwn = await confirmed(team, ben.browser, 'ben-at-home@acme.example')
    const handed = await ada.post(`/connections/${owner.connectionId}/owner`, { to: ben.accountId })
    assert.equal(handed.location, '/connections')
    assert.match(
      wordsOf((await ada.get('/connections')).body),
      /Acme Robotics is now Ben Okafor’s to manage\..*No workspace connected/,
    )
    assert.doesNotMatch((await ada.get(everyone)).body, quote)
    for (const address of [adas, bensOwn]) {
      const [mail] = await mailTo(world.taskr, address)
      assert.equal(mail?.subject, 'Acme Robotics was handed over in Taskr')
      assert.match(mail.text, /Ben Okafor manages the connection to Acme Robotics from now on\./)
    }
    inAttio(world).addTask({ content: 'Ring the bell', assigneeIds: [benAtAcme] })
    await world.delivered()
    assert.match((await ben.browser.get('/?view=open')).body, /Ring the bell/)
    assert.match((await ben.browser.get(everyone)).body, quote)
    const again = await ada.post(`/connections/${owner.connectionId}/owner`, { to: ben.accountId })
    assert.equal(again.status, 404, 'a second click')
  })

  test('the page for who is no admin has a message to send, and turns into the list when they are in', async () => {
    await using team = await startTeam()
    const { owner, world } = team
    const ben = await world.signedUp('ben')
    const page = await ben.get('/integrations/attio/ask-an-admin')
    assert.match(page.body, /data-refresh-every="5000"/)
    assert.match(
      wordsOf(page.body),
      /1\. Open \S+\/integrations\/attio\/connect, sign up and connect Attio\. 2\. Under Connections → People, invite me, and send me the link\. My username is ben\./,
    )
    const rights = { sees: 'own', mayLink: true } as const
    const { seats } = world.taskr.parts
    const [invited] = (await seats.invite(owner, [asMemberId(benAtAcme)], rights)) ?? []
    await seats.join(await accountOf(world, ben), invited?.secret.reveal() ?? '')
    assert.equal((await ben.get('/integrations/attio/ask-an-admin')).location, '/')
  })
})

/** Opens the event stream of the person's pages; `changed` resolves to whether it said so before it ended. */
async function openStream({ world }: Team, browser: Browser) {
  const headers = new Headers({
    cookie: [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    'sec-fetch-site': 'same-origin',
  })
  const response = await world.taskr.fetch(new Request(`${taskrOrigin}/tasks/live`, { headers }))
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  assert.ok(reader !== undefined)
  const read = async (): Promise<boolean> => {
    for (let text = ''; !text.includes('event: changed');) {
      const { done, value = '' } = await reader.read()
      if (done) return false
      text += value
    }
    await reader.cancel()
    return true
  }
  return { changed: read() }
}

async function reconnect({ owner, world }: Team, browser: Browser) {
  const begun = await browser.post('/integrations/attio/connect', {
    connection: owner.connectionId,
  })
  const back = world.attio.control.consent({
    url: begun.location ?? '',
    person: bens,
    workspace: 'acme',
  })
  return await browser.get(back.pathname + back.search)
}

function makeAdmin({ world: { attio } }: Team): void {
  const { world } = attio.control
  const ben = world.members.get(benAtAcme)
  assert.ok(ben)
  world.transact(() => world.members.put({ ...ben, accessLevel: 'admin' }))
}

/** Confirms an address for the account of the browser, and returns it. */
async function confirmed({ world }: Team, browser: Browser, address: string): Promise<string> {
  const form = { emailAddress: address, addressPassword: password }
  assert.equal((await browser.post('/settings/email-address', form)).status, 303)
  const link = secretOf(await linkMailedTo(world.taskr, address))
  assert.equal((await browser.post('/email-address', { link })).status, 200)
  return address
}

// A second admin connects a workspace that is connected here already: they join it, or keep a connection of their own.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import type { Browser } from '../../../testing/in-process/http-browser.ts'
import { wordsOf } from '../../../testing/in-process/page-text.ts'
import { accountOf, startTeam, type Team } from '../../../testing/in-process/team.ts'
import { connect } from '../../../testing/in-process/testbed.ts'

const { benAtAcme } = standard.members
const bens = standard.people.ben.emailAddress
const offer = '/integrations/attio/offer'

suite('a second admin', () => {
  test('joins the connection that is here, sees everyone’s tasks, and gives the fresh token back', async () => {
    await using team = await startTeam()
    const ben = await arrive(team)
    assert.equal(liveTokens(team), 2, 'the fresh token is held until Ben chooses')
    const page = wordsOf((await ben.get(offer)).body)
    assert.match(page, /Acme Robotics is already connected here Ada Byron connected it\./)
    assert.match(page, /Join Acme Robotics Keep my own connection/)
    assert.equal((await ben.post(offer)).location, '/')
    assert.match(wordsOf((await ben.get('/')).body), /Joined Acme Robotics as Ben Okafor/)
    assert.equal(liveTokens(team), 1)
    assert.equal(webhooks(team), 1)
    const list = (await ben.get('/?view=open&whose=everyone')).body
    assert.match(list, /Send Initech the revised quote/)
    const [seat] = (await team.world.taskr.parts.seats.list(team.owner))?.seats ?? []
    assert.equal(seat?.memberId, benAtAcme)
    assert.equal(seat.sees, 'everyone')
    for (const browser of [ben, team.ada]) {
      assert.match(
        wordsOf((await browser.get('/events')).body),
        /Joined Acme Robotics member Ben Okafor/,
      )
    }
    // A second click finds nothing to join.
    assert.equal((await ben.post(offer)).location, '/connections')
    assert.equal((await ben.get(offer)).location, '/connections')
  })

  test('keeps a connection of their own, with a copy and a webhook beside the other', async () => {
    await using team = await startTeam()
    const ben = await arrive(team)
    assert.equal((await ben.post(`${offer}/own`)).status, 303)
    await team.world.taskr.idle()
    assert.equal(liveTokens(team), 2)
    assert.equal(webhooks(team), 2)
    const own = await team.world.ownerOf(ben)
    assert.notEqual(own.connectionId, team.owner.connectionId)
    const list = (await ben.get('/?view=open&whose=everyone')).body
    assert.match(list, /Send Initech the revised quote/)
    assert.deepEqual((await team.world.taskr.parts.seats.list(team.owner))?.seats, [])
  })

  test('with a seat already is told so, and may take a connection of their own in its place', async () => {
    await using team = await startTeam()
    makeAdmin(team)
    const { accountId, browser: ben } = await team.join('ben', benAtAcme)
    const connecting = async () =>
      (await connect(team.world.attio, ben, { person: bens })).location ?? ''
    assert.equal(await connecting(), offer)
    const page = wordsOf((await ben.get(offer)).body)
    assert.match(page, /You’re in Acme Robotics already\. Your new access goes back to Attio\./)
    assert.equal((await ben.post(offer)).location, '/')
    assert.equal(liveTokens(team), 1)
    const seat = { accountId, sees: 'own' }
    const seatsNow = async () =>
      ((await team.world.taskr.parts.seats.list(team.owner))?.seats ?? []).map((one) => ({
        accountId: one.accountId,
        sees: one.sees,
      }))
    assert.deepEqual(await seatsNow(), [seat], 'joining again changes no rights')
    assert.equal(await connecting(), offer)
    assert.equal((await ben.post(`${offer}/own`)).status, 303)
    assert.deepEqual(await seatsNow(), [])
    assert.equal(liveTokens(team), 2)
  })

  test('who never chooses leaves no token behind, and an offer of a connection that ended is over', async () => {
    await using team = await startTeam()
    const { ada, owner, world } = team
    const ben = await arrive(team)
    await ada.post(`/connections/${owner.connectionId}/disconnection`)
    await world.taskr.idle()
    assert.equal((await ben.post(offer)).location, '/connections')
    assert.match(wordsOf((await ben.get('/connections')).body), /That offer is over/)
    await world.clock.advance(60 * 60_000)
    await world.taskr.parts.connections.revokeDue()
    await world.taskr.idle()
    assert.equal(liveTokens(team), 0)
  })

  test('sees the offer in their own account only', async () => {
    await using team = await startTeam()
    await arrive(team)
    const mallory = await team.world.signedUp('mallory')
    for (const path of [offer, `${offer}/own`]) await mallory.post(path)
    assert.equal((await mallory.get(offer)).location, '/connections')
    const accountId = await accountOf(team.world, mallory)
    assert.deepEqual(await team.world.taskr.parts.connections.list(accountId), [])
    assert.equal(liveTokens(team), 2)
  })
})

/** Lets Ben, an admin of Acme by now, connect it from an account of his own; returns his browser at the offer. */
async function arrive(team: Team): Promise<Browser> {
  makeAdmin(team)
  const ben = await team.world.signedUp('ben')
  const back = await connect(team.world.attio, ben, { person: bens })
  assert.equal(back.location, offer)
  return ben
}

function makeAdmin({ world: { attio } }: Team): void {
  const { world } = attio.control
  const ben = world.members.get(benAtAcme)
  assert.ok(ben)
  world.transact(() => world.members.put({ ...ben, accessLevel: 'admin' }))
}

function liveTokens({ world }: Team): number {
  return world.attio.control.world.accessTokens.all().length
}

function webhooks({ world }: Team): number {
  return world.attio.control.world.webhooks.all().length
}

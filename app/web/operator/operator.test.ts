import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import type { Answer, Browser } from '../../../testing/in-process/http-browser.ts'
import { linkMailedTo, mailTo, secretOf } from '../../../testing/in-process/mail/kept-mail.ts'
import { accountOf, inAttio, startTeam } from '../../../testing/in-process/team.ts'
import { createWorld, password, type World } from '../../../testing/in-process/testbed.ts'
import type { AccountId } from '../../support/ids.ts'
import { addressOf, paths } from '../addresses.ts'

const posts = [
  paths.accountLocking,
  paths.accountUnlocking,
  paths.accountSessionsEnding,
  paths.accountResetLink,
  paths.operatorRole,
  paths.operatorSignUpLink,
]
const gets = [
  paths.operator,
  paths.operatorAccount,
  paths.operatorConnections,
  paths.operatorEvents,
]

suite('the pages of operators', () => {
  test('OP-05 every route is there for operators only: for others it does not exist', async () => {
    await using world = await createWorld()
    const { jo, bob } = await operatorAndPerson(world)
    const all = Object.values(paths).filter((path) => path.startsWith('/operator'))
    assert.deepEqual([...gets, ...posts].toSorted(byName), all.toSorted(byName))
    const ask = (browser: Browser, path: string): Promise<Answer> => {
      const address = path.replace(':accountId', bob.id)
      return gets.some((get) => get === path) ? browser.get(address) : browser.post(address)
    }
    for (const path of all) {
      assert.match((await ask(world.browser(), path)).location ?? '', /^\/login/, path)
      assert.equal((await ask(bob.browser, path)).status, 404, path)
    }
    const { operating } = world.taskr.parts.accounts
    assert.deepEqual(await operating.listEvents({ limit: 9 }), [], 'nothing was done for them')
    for (const path of all) {
      const { status } = await ask(jo.browser, path)
      assert.ok([200, 303, 403, 409].includes(status), `${path}: ${status}`)
    }
    await operating.unlock(jo.id, bob.id)
    assert.equal((await bob.browser.post('/login', { username: 'bobby', password })).status, 303)
    assert.match((await jo.browser.get('/settings')).body, /href="\/operator"/)
    assert.doesNotMatch((await bob.browser.get('/settings')).body, /href="\/operator"/)
  })

  test('OP-05 an operator who is unmade finds no page any more, in the same session', async () => {
    await using world = await createWorld()
    const { jo, bob } = await operatorAndPerson(world)
    await jo.browser.post(role(bob.id), { isOperator: 'yes' })
    assert.equal((await bob.browser.get('/operator')).status, 200)
    const left = await jo.browser.post(role(jo.id), { isOperator: 'no' })
    assert.equal(left.location, '/')
    assert.equal((await jo.browser.get('/operator')).status, 404)
    const last = await bob.browser.post(role(bob.id), { isOperator: 'no' })
    assert.equal(last.status, 409)
    assert.match(last.body, /the only operator who can log in/)
  })

  test('OP-06 ten minutes after the password, an action changes nothing until it is given again', async () => {
    await using world = await createWorld()
    const { jo, bob } = await operatorAndPerson(world)
    await world.clock.advance(10 * 60_000 + 1)
    for (const path of posts) {
      const answer = await jo.browser.post(path.replace(':accountId', bob.id))
      assert.match(answer.location ?? '', /^\/confirmation\?returnTo=%2Foperator/, path)
    }
    assert.deepEqual(await world.taskr.parts.accounts.operating.listEvents({ limit: 9 }), [])
    const returnTo = `/operator/accounts/${bob.id}`
    const confirm = (given: string) =>
      jo.browser.post('/confirmation', { password: given, returnTo })
    assert.equal((await confirm('not the password')).status, 403)
    assert.equal((await confirm(password)).location, returnTo)
    assert.equal((await jo.browser.post(locking(bob.id))).status, 303)
  })

  test('the list finds accounts, and says so when there is none', async () => {
    await using world = await createWorld()
    const { jo } = await operatorAndPerson(world)
    assert.match((await jo.browser.get('/operator')).body, /bobby/)
    assert.match((await jo.browser.get('/operator?q=bob')).body, /bobby/)
    const none = await jo.browser.get('/operator?q=%3Cb%3Ezoe')
    assert.match(none.body, /No account begins with “&lt;b&gt;zoe”/)
    assert.equal((await jo.browser.get('/operator/accounts/none')).status, 404)
  })

  test('OP-07 no page of operators shows a task, a member or a token', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp('jo')
    const bob = await world.connected('bobby')
    const { body: list } = await bob.get('/?view=open&whose=everyone')
    assert.match(list, /Send Initech the revised quote/)
    const id = await accountOf(world, bob)
    for (const path of gets) {
      const { body } = await jo.get(path.replace(':accountId', id))
      assert.doesNotMatch(body, /Initech|Ada Byron|v1\.k1\./, path)
    }
    assert.match((await jo.get('/operator/connections')).body, /Acme Robotics[^]*bobby/)
    assert.match((await jo.get(`/operator/accounts/${id}`)).body, /Acme Robotics/)
  })
})

suite('a locked account', () => {
  test('OP-01 is logged out at once, its open pages end, and log-in says so only with the right password', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp('jo')
    const bob = await world.connected('bobby')
    const id = await accountOf(world, bob)
    const cookie = `taskr_session=${bob.cookies.get('taskr_session') ?? ''}`
    const stream = await world.taskr.fetch(
      new Request(`${world.config.publicUrl.origin}/tasks/live`, { headers: { cookie } }),
    )
    const reader = stream.body?.getReader()
    assert.equal((await reader?.read())?.done, false, 'the page listens')
    assert.equal((await jo.post(locking(id))).location, `/operator/accounts/${id}`)
    while ((await reader?.read())?.done === false);
    assert.equal((await bob.get('/settings')).status, 303)
    const visitor = world.browser()
    const right = await visitor.post('/login', { username: 'bobby', password })
    assert.equal(right.status, 403)
    assert.match(right.body, /This account is locked\. Ask the operator/)
    assert.equal(visitor.cookies.has('taskr_session'), false)
    const wrong = await visitor.post('/login', { username: 'bobby', password: 'wrong' })
    assert.equal(wrong.status, 401)
    assert.doesNotMatch(wrong.body, /locked/)
    assert.match((await jo.get(`/operator/accounts/${id}`)).body, /Unlock account/)
    assert.equal((await jo.post(`/operator/accounts/${id}/unlocking`)).status, 303)
    assert.equal((await visitor.post('/login', { username: 'bobby', password })).status, 303)
  })

  test('OP-01 a mailed reset link does not open it, and none is mailed', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp('jo')
    const bob = await withAddress(world, 'bobby')
    await bob.post('/forgotten-password', { emailAddress: bobs })
    const link = secretOf(await linkMailedTo(world.taskr, bobs))
    await jo.post(locking(await accountOf(world, bob)))
    const reset = await world
      .browser()
      .post('/password-reset', { link, newPassword: 'four quiet lamps in a row' })
    assert.equal(reset.status, 404)
    const before = (await mailTo(world.taskr, bobs)).length
    await world.browser().post('/forgotten-password', { emailAddress: bobs })
    assert.equal((await mailTo(world.taskr, bobs)).length, before)
  })

  test('OP-08 what it had not sent to Attio is dropped, and stays dropped when it is unlocked', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp('jo')
    const bob = await world.connected('bobby')
    const owner = await world.ownerOf(bob)
    const heal = world.attio.control.faults.add({
      path: '/v2/tasks',
      method: 'POST',
      answer: { status: 503 },
    })
    const { changes } = world.taskr.parts
    const task = { content: 'Never sent', assigneeIds: [], deadlineAt: null, linkedRecords: [] }
    assert.equal((await changes.create(owner, task, 'a-key')).kind, 'recorded')
    assert.equal((await changes.listOpen(owner.accountId)).underWay, 1)
    await world.taskr.idle()
    await world.clock.advance(3_600_000)
    await jo.post('/confirmation', { password, returnTo: '/operator' })
    await jo.post(locking(owner.accountId))
    assert.equal((await changes.listOpen(owner.accountId)).underWay, 0)
    heal()
    await jo.post(`/operator/accounts/${owner.accountId}/unlocking`)
    await world.clock.advance(3_600_000)
    await changes.sendDue()
    const made = [...world.attio.control.world.tasks.all()].map(({ content }) => content)
    assert.equal(made.includes('Never sent'), false)
  })

  test('OP-08 colleagues keep working through its connection, which stays in sync', async () => {
    await using team = await startTeam()
    const { owner, world } = team
    const ben = await team.join('ben', standard.members.benAtAcme, { sees: 'everyone' })
    const operating = world.taskr.parts.accounts.operating
    await operating.makeOperator('command', ben.accountId)
    const { kind } = await operating.lock({
      by: ben.accountId,
      accountId: owner.accountId,
      endChanges: world.taskr.parts.changes.endAllOf,
    })
    assert.equal(kind, 'done')
    assert.equal((await team.ada.get('/settings')).status, 303)
    inAttio(world).addTask({
      content: 'Made since',
      assigneeIds: [],
      deadlineAt: null,
      linkedRecords: [],
    })
    await world.delivered()
    assert.match((await ben.browser.get('/?view=open&whose=everyone')).body, /Made since/)
  })

  test('an operator cannot lock their own account', async () => {
    await using world = await createWorld()
    const { jo } = await operatorAndPerson(world)
    const refused = await jo.browser.post(locking(jo.id))
    assert.equal(refused.status, 409)
    assert.match(refused.body, /You can’t lock your own account/)
    assert.equal((await jo.browser.get('/operator')).status, 200)
  })
})

suite('links that operators make', () => {
  test('OP-09 a sign-up link lets one person in while sign-up is closed', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp('jo')
    await world.restart({ TASKR_SIGN_UP: 'closed' })
    const made = await jo.post('/operator/sign-up-link')
    const [, address = ''] =
      /<code>https?:\/\/[^/]+(\/signup\?link=[\w-]{43})<\/code>/.exec(made.body) ?? []
    const cleo = world.browser()
    assert.match((await cleo.get(address)).body, /name="link"/)
    const given = { username: 'cleo', password, link: secretOf(address) }
    assert.equal((await cleo.post('/signup', given)).status, 303)
    const again = await world.browser().post('/signup', { ...given, username: 'dan' })
    assert.equal(again.status, 403)
  })

  test('OP-09 a mailed sign-up link verifies its address, and works for seven days', async () => {
    await using world = await createWorld({ environment: { TASKR_SIGN_UP: 'open' } })
    const jo = await world.signedUp('jo')
    const cleos = 'cleo@acme.example'
    assert.equal((await jo.post('/operator/sign-up-link', { emailAddress: cleos })).status, 303)
    const link = secretOf(await linkMailedTo(world.taskr, cleos))
    await world.clock.advance(7 * 24 * 3_600_000 - 1)
    const cleo = world.browser()
    assert.equal((await cleo.post('/signup', { username: 'cleo', password, link })).status, 303)
    const own = await world.taskr.parts.accounts.findOwnAddress(await accountOf(world, cleo))
    assert.deepEqual([own.emailAddress, own.isVerified], [cleos, true])
    const malformed = await (
      await operatorAgain(world)
    ).post('/operator/sign-up-link', { emailAddress: 'cleo@' })
    assert.equal(malformed.status, 400)
    assert.match(malformed.body, /Enter a valid email address/)
  })

  test('the address for a sign-up link stays in its form while the operator confirms who they are', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp('jo')
    await world.clock.advance(11 * 60_000)
    const typed = 'cleo+"new"@acme.example'
    const asked = await jo.post('/operator/sign-up-link', { emailAddress: typed })
    const returnTo = new URL(asked.location ?? '', 'https://taskr').searchParams.get('returnTo')
    const confirmed = await jo.post('/confirmation', { password, returnTo: returnTo ?? '' })
    const page = await jo.get(confirmed.location ?? '')
    assert.match(page.body, /name="emailAddress"[^>]*value="cleo\+&quot;new&quot;@acme\.example"/)
  })

  test('OP-09 a reset link goes to the confirmed address only, and never onto the page', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp('jo')
    const unconfirmed = await accountOf(world, await world.signedUp('cleo'))
    const refused = await jo.post(`/operator/accounts/${unconfirmed}/reset-link`)
    assert.equal(refused.status, 409)
    assert.match(refused.body, /no confirmed email/)
    const bob = await withAddress(world, 'bobby')
    const id = await accountOf(world, bob)
    const mailed = await jo.post(`/operator/accounts/${id}/reset-link`)
    assert.doesNotMatch(mailed.body, /link=/)
    const link = secretOf(await linkMailedTo(world.taskr, bobs))
    const newPassword = 'four quiet lamps in a row'
    assert.equal((await world.browser().post('/password-reset', { link, newPassword })).status, 303)
  })
})

const bobs = 'bobby@acme.example'

async function operatorAndPerson(world: World) {
  const [jo, bob] = [await world.signedUp('jo'), await world.signedUp('bobby')]
  return {
    jo: { browser: jo, id: await accountOf(world, jo) },
    bob: { browser: bob, id: await accountOf(world, bob) },
  }
}

async function operatorAgain(world: World): Promise<Browser> {
  const jo = world.browser()
  assert.equal((await jo.post('/login', { username: 'jo', password })).status, 303)
  return jo
}

/** Signs a person up whose address is confirmed. */
async function withAddress(world: World, username: string): Promise<Browser> {
  const bob = world.browser()
  await bob.post('/signup', { username, password, emailAddress: bobs })
  const link = secretOf(await linkMailedTo(world.taskr, bobs))
  assert.equal((await bob.post('/email-address', { link })).status, 200)
  return bob
}

const locking = (accountId: AccountId): string => addressOf(paths.accountLocking, { accountId })
const role = (accountId: AccountId): string => addressOf(paths.operatorRole, { accountId })
const byName = (a: string, b: string): number => a.localeCompare(b)

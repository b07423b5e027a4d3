// Only the account, session and browser that began an authorization request may finish it: in time, and once.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { standard } from '@taskr/local-attio'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import type { Browser } from '../../../testing/in-process/http-browser.ts'
import { connectionsIn, wordsOf } from '../../../testing/in-process/page-text.ts'
import { countRows } from '../../../testing/in-process/stored-bytes.ts'
import {
  approve,
  connect,
  createWorld,
  password,
  type World,
} from '../../../testing/in-process/testbed.ts'

/** How many times each pair of people is tried: CROSSINGS=1000 node --test app/connections/connecting/who-may-finish-connecting.test.ts */
const crossings = Number(process.env['CROSSINGS'] ?? 100)

const byVictim = { person: standard.people.edith.emailAddress, workspace: 'globex' }

onEachEngine('who may finish connecting', (_open, engine) => {
  const open = async (): Promise<World> =>
    await createWorld({ databaseUrl: await engine.createMigratedUrl(), limits: 'none' })
  const rounds = engine.name === 'sqlite' ? crossings : Math.ceil(crossings / 10)

  test(`OA-03 H-41 a request that one browser began cannot be finished by another, ${rounds} times of each kind`, async () => {
    await using world = await open()
    const [attacker, victim] = [await world.signedUp('attacker'), await world.signedUp('victim')]
    const loggedOut = await signedOut(world, 'logged-out')
    for (let round = 0; round < rounds; round++) {
      // In half of the rounds the attacker approved; in the others the victim was tricked into approving.
      const back = await approve(world.attio, attacker, round % 2 === 0 ? {} : byVictim)
      assert.equal((await victim.get(back)).status, 403)
      assert.equal((await loggedOut.get(back)).status, 400)
      assert.equal((await world.browser().get(back)).status, 400)
    }
    assert.equal(world.sent('/oauth/token'), 0)
    assert.equal(await connectionsIn(attacker), 0)
    assert.equal(await connectionsIn(victim), 0)
  })

  test(`OA-04 a request begun as one account is refused to another account in the same browser, ${rounds} times`, async () => {
    await using world = await open()
    const browser = await world.signedUp('first')
    const first = sessionOf(browser)
    const second = sessionOf(await world.signedUp('second'))
    for (let round = 0; round < rounds; round++) {
      browser.cookies.set('taskr_session', first)
      const back = await approve(world.attio, browser)
      browser.cookies.set('taskr_session', second)
      const answer = await browser.get(back)
      assert.equal(answer.status, 403)
      assert.match(wordsOf(answer.body), /another account/i)
    }
    assert.equal(world.sent('/oauth/token'), 0)
    assert.equal(await connectionsIn(browser), 0)
  })

  test('OA-04 a request is refused to another account after a real logout, login and password change', async () => {
    await using world = await open()
    const browser = await world.signedUp('first')
    await signedOut(world, 'second')
    const begunAsFirst = await approve(world.attio, browser)
    await browser.post('/logout')
    await logIn(browser, 'second')
    assert.equal((await browser.get(begunAsFirst)).status, 403)

    const begunAsSecond = await approve(world.attio, browser)
    const newPassword = 'an umbrella for the harbour'
    const changed = await browser.post('/settings/password', {
      currentPassword: password,
      newPassword,
    })
    assert.equal(changed.status, 303)
    assert.equal((await browser.get(begunAsSecond)).status, 400)
    assert.equal(await countRows(world.config.databaseUrl, 'connections'), 0)
    assert.equal(world.sent('/oauth/token'), 0)
  })

  test('OA-04 another session of the same account cannot finish the request', async () => {
    await using world = await open()
    const desk = await world.signedUp('jo')
    const phone = world.browser()
    await logIn(phone, 'jo')
    const back = await approve(world.attio, desk)
    for (const [name, value] of desk.cookies)
      if (name !== 'taskr_session') phone.cookies.set(name, value)
    assert.equal((await phone.get(back)).status, 403)
    assert.equal(world.sent('/oauth/token'), 0)
    assert.equal((await desk.get(back)).status, 303)
  })

  test('OA-07 a cookie planted in the victim’s browser does not give the victim the attacker’s request', async () => {
    await using world = await open()
    const [attacker, victim] = [await world.signedUp('attacker'), await world.signedUp('victim')]
    const back = await approve(world.attio, attacker, byVictim)
    plant(attacker, victim)
    assert.equal((await victim.get(back)).status, 403)
    assert.equal(world.sent('/oauth/token'), 0)
    assert.equal(await connectionsIn(victim), 0)
  })

  test('OA-07 a cookie planted in a signed-out browser does not give the attacker the victim’s code', async () => {
    await using world = await open()
    const attacker = await world.signedUp('attacker')
    const victim = await signedOut(world, 'victim')
    // The victim approved the attacker's request, so the code opens the victim's workspace.
    const back = await approve(world.attio, attacker, byVictim)
    plant(attacker, victim)
    await victim.get(back)
    const resumed = await attacker.post('/integrations/attio/resume')
    assert.equal(resumed.status, 400)
    await attacker.post('/logout')
    assert.notEqual((await logIn(attacker, 'attacker')).location, '/integrations/attio/resume')
    assert.equal((await attacker.post('/integrations/attio/resume')).status, 400)
    assert.equal(world.sent('/oauth/token'), 0)
    assert.equal(await countRows(world.config.databaseUrl, 'connections'), 0)
  })

  test('OA-08 a request expires after ten minutes and is deleted', async () => {
    await using world = await open()
    const jo = await world.signedUp()
    const back = await approve(world.attio, jo)
    await world.clock.advance(10 * 60_000 + 1_000)
    const late = await jo.get(back)
    assert.equal(late.status, 400)
    assert.match(wordsOf(late.body), /too long|took|expired/i)
    assert.equal(world.sent('/oauth/token'), 0)
    world.taskr.startWorking()
    await world.clock.advance(3_600_000)
    const left = () => countRows(world.config.databaseUrl, 'authorization_requests')
    for (let round = 0; round < 1_000 && (await left()) > 0; round++) await settled()
    assert.equal(await left(), 0)
  })

  test('OA-10 two tabs can both finish, in either order or at the same moment', async () => {
    await using world = await open()
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const jo = await world.signedUp(`jo${order.join('')}`)
      const tabs = [
        await approve(world.attio, jo, { workspace: 'acme' }),
        await approve(world.attio, jo, { workspace: 'globex' }),
      ]
      for (const tab of order) assert.equal((await jo.get(tabs[tab] ?? '')).status, 303)
      assert.equal(await connectionsIn(jo), 2)
    }
    for (const [name, workspace] of [
      ['same', 'acme'],
      ['other', 'globex'],
    ] as const) {
      const jo = await world.signedUp(name)
      const tabs = [await approve(world.attio, jo), await approve(world.attio, jo, { workspace })]
      const answers = await Promise.all(tabs.map((back) => jo.get(back)))
      assert.deepEqual(
        answers.map(({ status }) => status),
        [303, 303],
      )
      assert.equal(await connectionsIn(jo), workspace === 'acme' ? 1 : 2)
    }
  })

  test('OA-29 a person who returns signed out logs in and continues with a button, on the same account only', async () => {
    await using world = await open()
    await signedOut(world, 'other')
    const jo = await world.signedUp('jo')
    const back = await approve(world.attio, jo)
    await jo.post('/logout')

    const returned = await jo.get(back)
    assert.equal(returned.status, 303)
    assert.equal(returned.location, '/login?reason=finish-connecting')
    assert.equal((await jo.get(back)).location, '/login?reason=finish-connecting')
    assert.equal(world.sent('/oauth/token'), 0)

    assert.equal((await logIn(jo, 'other')).location, '/')
    assert.equal((await jo.post('/integrations/attio/resume')).status, 400)
    await jo.post('/logout')

    assert.equal((await logIn(jo, 'jo')).location, '/integrations/attio/resume')
    assert.equal((await jo.get('/integrations/attio/resume')).status, 200)
    assert.equal(world.sent('/oauth/token'), 0)
    assert.equal((await jo.post('/integrations/attio/resume')).location, '/')
    assert.equal(await connectionsIn(jo), 1)
    assert.equal((await jo.post('/integrations/attio/resume')).status, 400)
    assert.equal(world.sent('/oauth/token'), 1)
  })

  test('H-37 pressing Connect while signed out leads to the log-in page and back', async () => {
    await using world = await open()
    await signedOut(world, 'jo')
    const jo = world.browser()
    const asked = await jo.get('/integrations/attio/connect')
    assert.equal(asked.location, '/login?reason=needed&returnTo=%2Fintegrations%2Fattio%2Fconnect')
    const pressed = await jo.post('/integrations/attio/connect')
    assert.equal(pressed.location, '/login?reason=needed')
    const returnTo = '/integrations/attio/connect'
    assert.equal(
      (await jo.post('/login', { username: 'jo', password, returnTo })).location,
      returnTo,
    )
    assert.equal((await connect(world.attio, jo)).status, 303)
  })

  test('H-36 a GET of the connect address sends no browser to Attio and stores nothing', async () => {
    await using world = await open()
    const jo = await world.signedUp()
    const cookies = jo.cookies.size
    const page = await jo.get('/integrations/attio/connect')
    assert.equal(page.status, 200)
    assert.equal(jo.cookies.size, cookies)
    assert.equal(await countRows(world.config.databaseUrl, 'authorization_requests'), 0)
  })
})

function plant(from: Browser, into: Browser): void {
  for (const [name, value] of from.cookies)
    if (name !== 'taskr_session') into.cookies.set(name, value)
}

function sessionOf(browser: Browser): string {
  return browser.cookies.get('taskr_session') ?? ''
}

async function signedOut(world: World, username: string): Promise<Browser> {
  const browser = await world.signedUp(username)
  await browser.post('/logout')
  return browser
}

async function logIn(browser: Browser, username: string) {
  const answer = await browser.post('/login', { username, password })
  assert.equal(answer.status, 303, answer.body)
  return answer
}

/** Waits for the background work to settle. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve))
}

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import {
  startIdentityProvider,
  type Person,
  type TestProvider,
} from '../../../testing/identity-provider/identity-provider.ts'
import { codeAt } from '../../../testing/in-process/factors/authenticator-app.ts'
import { secretOn } from '../../../testing/in-process/factors/two-step.ts'
import type { Answer, Browser } from '../../../testing/in-process/http-browser.ts'
import { linkMailedTo, secretOf } from '../../../testing/in-process/mail/kept-mail.ts'
import { connectionIdsIn, wordsOf } from '../../../testing/in-process/page-text.ts'
import {
  connect,
  createWorld,
  password,
  taskrOrigin,
  type World,
} from '../../../testing/in-process/testbed.ts'

const callback = '/login/single-sign-on/callback'
const everything = '/settings/export/everything.json'
const minute = 60_000
const jo: Person = { subject: 'jo-at-acme', email: 'jo@acme.example', isVerified: true, name: 'jo' }

suite('confirming who a person is at the identity provider', () => {
  test('SO-13 an account without a password does everything that asks for one after a new log-in there', async () => {
    await using setting = await start()
    const { browser, world } = setting
    const asked = await browser.post(everything)
    const address = asked.location ?? ''
    assert.match(address, /^\/confirmation/)
    const page = await browser.get(address)
    assert.match(page.body, /Log in again with\s+<bdi>Acme SSO/)
    assert.doesNotMatch(page.body, /name="password"/)
    const cookie = browser.cookies.get('taskr_session')
    const way = new URL(await begin(browser))
    assert.equal(way.searchParams.get('prompt'), 'login')
    assert.equal(way.searchParams.get('max_age'), '0')
    const back = await comeBack(setting, way.href)
    assert.equal(back.location, '/settings')
    assert.notEqual(browser.cookies.get('taskr_session'), cookie, 'ASVS 7.2.4')
    assert.match((await browser.get('/settings')).body, /Thanks|Confirmed|confirmed/)
    assert.equal((await browser.post(everything)).status, 200)
    const events = (await browser.get('/events')).body
    assert.match(events, /Confirmed through single sign-on/)
    assert.equal((await browser.post('/settings/deletion', {})).location, '/')
    assert.equal((await world.browser().get('/settings')).status, 303)
  })

  test('SO-13 without that log-in nothing happens, and nothing that was typed is lost', async () => {
    await using setting = await start()
    const { browser, world } = setting
    const emailAddress = 'jo@home.example'
    const forms = {
      '/settings/deletion': {},
      '/settings/email-address': { emailAddress },
      '/settings/password': { newPassword: password },
    }
    for (const [path, form] of Object.entries(forms)) {
      const refused = await browser.post(path, form)
      assert.equal(refused.status, 400, path)
      assert.match(refused.body, /Confirm it’s you first\./, path)
      assert.match(refused.body, /href="\/confirmation\?returnTo=%2Fsettings"/, path)
    }
    assert.match((await browser.post('/settings/email-address', { emailAddress })).body, /jo@home/)
    await confirm(setting)
    const settings = (await browser.get('/settings')).body
    assert.doesNotMatch(settings, /name="(?:password|currentPassword|addressPassword)"/)
    assert.equal((await browser.post('/settings/email-address', { emailAddress })).status, 303)
    assert.ok(secretOf(await linkMailedTo(world.taskr, emailAddress)))
    // It stands for ten minutes.
    await world.clock.advance(10 * minute + 1)
    assert.equal((await browser.post('/settings/password', { newPassword: password })).status, 400)
    await confirm(setting)
    const set = await browser.post('/settings/password', { newPassword: password })
    assert.equal(set.location, '/settings')
    assert.match((await browser.get('/settings')).body, /name="currentPassword"/)
    const other = world.browser()
    assert.equal((await other.post('/login', { username: 'jo', password })).status, 303)
    // From now on the password is asked for, and the provider confirms nothing.
    await world.clock.advance(11 * minute)
    assert.match((await browser.get('/confirmation')).body, /name="password"/)
    const back = await comeBack(setting, await begin(browser))
    assert.match(back.body, /That log-in is over/)
    assert.match((await browser.post(everything)).location ?? '', /^\/confirmation/)
  })

  test('SO-13 an account without a password disconnects after a new log-in at the provider', async () => {
    await using setting = await start()
    const { browser, world } = setting
    await connect(world.attio, browser)
    await world.taskr.idle()
    const [id = ''] = await connectionIdsIn(browser)
    const disconnect = async (given: Readonly<Record<string, string>> = {}) =>
      await browser.post(`/connections/${id}/disconnection`, { underWay: '0', ...given })
    const panel = wordsOf((await browser.get('/connections')).body)
    assert.match(panel, /This needs a new log-in with Acme SSO\. Confirm it’s you/)
    for (const given of [{}, { password }, { password: '' }, { password: 'none' }]) {
      const refused = await disconnect(given)
      assert.equal(refused.status, 403)
      assert.match(wordsOf(refused.body), /Still connected\..*Confirm it’s you first\./)
    }
    assert.equal((await connectionIdsIn(browser)).length, 1)
    await confirm(setting)
    const form = (await browser.get('/connections')).body
    assert.doesNotMatch(form, /This needs a new log-in|name="password"/)
    assert.equal((await disconnect()).location, '/connections')
    assert.match((await browser.get('/connections')).body, /Disconnected/)
    await world.taskr.idle()
    assert.deepEqual(await connectionIdsIn(browser), [])
  })

  test('SO-14 a log-in that is not new, or whose time the provider does not say, confirms nothing', async () => {
    await using setting = await start()
    const { browser, world } = setting
    const seconds = (at: number): number => Math.floor(at / 1_000)
    const times: Readonly<Record<string, unknown>> = {
      'an hour ago': seconds(world.clock.now() - 60 * minute),
      'before the request': seconds(world.clock.now() - minute),
      'no time': undefined,
    }
    for (const [when, authTime] of Object.entries(times)) {
      setting.authTime = () => authTime
      const back = await comeBack(setting, await begin(browser))
      assert.equal(back.status, 403, when)
      assert.match(back.body, /That wasn’t a new log-in/, when)
      assert.equal((await browser.post('/settings/deletion', {})).status, 400, when)
    }
    for (const authTime of ['now', -1, {}]) {
      setting.authTime = () => authTime
      const back = await comeBack(setting, await begin(browser))
      assert.equal(back.status, 403, JSON.stringify(authTime))
    }
    assert.match((await browser.post(everything)).location ?? '', /^\/confirmation/)
  })

  test('SO-14 another person of the provider confirms nothing', async () => {
    await using setting = await start()
    const { browser, provider, world } = setting
    const mallory = { ...jo, subject: 'mallory', email: 'mallory@acme.example' }
    provider.person = mallory
    const theirs = world.browser()
    await theirs.get(await provider.logIn(await logIn(theirs)))
    await theirs.post('/signup/single-sign-on', { username: 'mallory' })
    for (const person of [
      mallory,
      { ...jo, subject: 'of-no-account' },
      { ...jo, subject: 'of-no-account', email: 'new@acme.example' },
    ]) {
      provider.person = person
      const back = await comeBack(setting, await begin(browser))
      assert.equal(back.status, 403)
      assert.match(back.body, /That was another person/)
    }
    assert.match((await browser.post(everything)).location ?? '', /^\/confirmation/)
    provider.person = undefined
    assert.match((await comeBack(setting, await begin(browser))).body, /Log-in cancelled/)
  })

  test('SO-14 the answer counts only in the session that asked, once, and while it lasts', async () => {
    await using setting = await start()
    const { browser, provider, world } = setting
    const answer = async () => await provider.logIn(await begin(browser))
    const isAsked = async () =>
      (await browser.post(everything)).location?.startsWith('/confirmation')
    const before = provider.tokenRequests()
    // Another session of the same person, with the cookie of this browser’s request.
    const other = world.browser()
    const stolen = await answer()
    await other.get(await provider.logIn(await logIn(other)))
    const entered = provider.tokenRequests()
    for (const [name, value] of browser.cookies) {
      if (name !== 'taskr_session') other.cookies.set(name, value)
    }
    assert.match((await other.get(stolen)).body, /That log-in is over/)
    assert.equal(provider.tokenRequests(), entered, 'nothing was sent to the provider')
    assert.equal(entered, before + 1)
    // Without a session, in a browser that has logged out meanwhile.
    const late = await answer()
    const session = browser.cookies.get('taskr_session') ?? ''
    browser.cookies.delete('taskr_session')
    assert.match((await browser.get(late)).body, /That log-in is over/)
    browser.cookies.set('taskr_session', session)
    assert.equal(await isAsked(), true)
    // Ten minutes later.
    const slow = await answer()
    await world.clock.advance(10 * minute)
    assert.match((await browser.get(slow)).body, /That log-in is over/)
    // Three times at once.
    const once = await answer()
    const statuses = await Promise.all([browser.get(once), browser.get(once), browser.get(once)])
    assert.equal(statuses.filter(({ location }) => location === '/settings').length, 1)
    // A session that ends while its person is away.
    await world.clock.advance(11 * minute)
    const away = await answer()
    await browser.post('/logout')
    assert.match((await browser.get(away)).body, /That log-in is over/)
    assert.equal(browser.cookies.has('taskr_session'), false)
  })

  test('SO-14 an ordinary log-in at the provider does not stand for the password', async () => {
    await using setting = await start()
    const { browser, provider } = setting
    await browser.get(await provider.logIn(await logIn(browser)))
    assert.equal((await browser.post(everything)).status, 200, 'it is a log-in, as with a password')
    const refused = await browser.post('/settings/deletion', {})
    assert.equal(refused.status, 400)
    assert.match(refused.body, /Confirm it’s you first\./)
  })

  test('SO-15 with two-step verification the code is asked for after the provider', async () => {
    await using setting = await start()
    const { browser, world } = setting
    await confirm(setting)
    await browser.post('/settings/two-step/set-up')
    const secret = secretOn(await browser.get('/settings/two-step'))
    const code = () => codeAt(secret, world.clock.now())
    assert.equal((await browser.post('/settings/two-step', { code: code() })).status, 200)
    await world.clock.advance(11 * minute)
    // The code alone is not enough.
    assert.equal((await browser.post('/confirmation', { code: code() })).status, 403)
    const back = await comeBack(setting, await begin(browser))
    assert.match(back.location ?? '', /^\/confirmation/)
    const page = (await browser.get(back.location ?? '')).body
    assert.match(page, /name="code"/)
    assert.doesNotMatch(page, /name="password"/)
    assert.match((await browser.post(everything)).location ?? '', /^\/confirmation/)
    assert.equal((await browser.post('/confirmation', { code: '000000' })).status, 403)
    const right = await browser.post('/confirmation', { code: code(), returnTo: '/events' })
    assert.equal(right.location, '/events')
    assert.equal((await browser.post(everything)).status, 200)
    await world.clock.advance(minute)
    assert.equal((await browser.post('/settings/deletion', {})).status, 400, 'a code each time')
    await browser.post('/settings/two-step/ending', { code: code() })
    assert.match((await browser.get('/settings')).body, /two-step verification is\s+off/)
  })
})

interface Setting extends AsyncDisposable {
  readonly provider: TestProvider
  readonly world: World
  /** Jo, who signed up through the provider eleven minutes ago. */
  readonly browser: Browser
  /** When the provider says that the person logged in, in seconds. */
  authTime: () => unknown
}

async function start(): Promise<Setting> {
  const provider = await startIdentityProvider(taskrOrigin + callback)
  provider.person = jo
  const world = await createWorld({
    environment: provider.environment,
    fetch: (real) => (input, init) => {
      const url = input instanceof Request ? input.url : String(input)
      return url.startsWith(provider.issuer) ? fetch(input, init) : real(input, init)
    },
  })
  const browser = world.browser()
  const setting: Setting = {
    provider,
    world,
    browser,
    authTime: () => Math.floor(world.clock.now() / 1_000),
    [Symbol.asyncDispose]: async () => {
      await world.close()
      await provider.stop()
    },
  }
  // The provider keeps the machine’s time, and Taskr that of the test.
  provider.tamper = ({ claims, header }) => ({
    header,
    claims: { ...claims, auth_time: setting.authTime() },
  })
  await browser.get(await provider.logIn(await logIn(browser)))
  await browser.post('/signup/single-sign-on', { username: 'jo' })
  await world.clock.advance(11 * minute)
  return setting
}

async function logIn(browser: Browser): Promise<string> {
  return (await browser.post('/login/single-sign-on', { returnTo: '/settings' })).location ?? ''
}

async function begin(browser: Browser): Promise<string> {
  const begun = await browser.post('/confirmation/single-sign-on', { returnTo: '/settings' })
  assert.equal(begun.status, 303, begun.body)
  return begun.location ?? ''
}

async function comeBack({ browser, provider }: Setting, address: string): Promise<Answer> {
  return await browser.get(await provider.logIn(address))
}

async function confirm(setting: Setting): Promise<void> {
  assert.equal((await comeBack(setting, await begin(setting.browser))).location, '/settings')
}

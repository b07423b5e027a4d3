import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { suite, test } from 'node:test'
import { standard } from '@taskr/local-attio'
import type { Answer, Browser } from '../../../testing/in-process/http-browser.ts'
import { codeAt } from '../../../testing/in-process/factors/authenticator-app.ts'
import {
  clientSecret,
  encode,
  startIdentityProvider,
  type IdToken,
  type Person,
  type TestProvider,
} from '../../../testing/identity-provider/identity-provider.ts'
import { linkMailedTo, mailTo, secretOf } from '../../../testing/in-process/mail/kept-mail.ts'
import { accountOf, startTeam } from '../../../testing/in-process/team.ts'
import {
  createWorld,
  password,
  taskrOrigin,
  type World,
  type WorldOptions,
} from '../../../testing/in-process/testbed.ts'
import { readStoredBytes } from '../../../testing/in-process/stored-bytes.ts'
import { secretOn } from '../../../testing/in-process/factors/two-step.ts'
import { asMemberId } from '../../support/ids.ts'

const callback = '/login/single-sign-on/callback'
const jos = 'jo@acme.example'
const jo: Person = { subject: 'jo-at-acme', email: jos, isVerified: true, name: 'jo.doe' }

suite('logging in through an identity provider', () => {
  test('SO-01 a new person chooses a name, and from then on is let in without a page', async () => {
    await using setting = await start()
    const { provider, world } = setting
    const browser = world.browser()
    const page = await browser.get('/login?returnTo=/settings')
    assert.match(page.body, /Log in with\s+<bdi>Acme SSO<\/bdi>/)
    const arrived = await signOn(setting, browser, '/settings')
    assert.equal(arrived.location, '/signup/single-sign-on')
    assert.match((await browser.get('/signup/single-sign-on')).body, /value="jo\.doe"/)
    const refused = await browser.post('/signup/single-sign-on', { username: '!' })
    assert.equal(refused.status, 400)
    const entered = await browser.post('/signup/single-sign-on', { username: 'jo.doe' })
    assert.equal(entered.location, '/settings')
    const settings = await browser.get('/settings')
    assert.match(settings.body, /You log in with <bdi>Acme SSO<\/bdi> as <bdi>jo@acme\.example/)
    assert.match(settings.body, /<bdi>jo@acme\.example<\/bdi> is confirmed/)
    const again = world.browser()
    assert.equal((await signOn(setting, again)).location, '/')
    assert.equal(await accountOf(world, again), await accountOf(world, browser))
    assert.equal(provider.tokenRequests(), 2)
    // No password opens an account that has none.
    for (const guess of ['none', '', 'jo.doe']) {
      const guessed = await world.browser().post('/login', { username: 'jo.doe', password: guess })
      assert.equal(guessed.status, 401)
    }
  })

  test('SO-02 an account with the same verified address is linked only after its password was given', async () => {
    await using setting = await start()
    const { world } = setting
    const owner = await withAddress(world, 'jo', jos)
    const id = await accountOf(world, owner)
    const browser = world.browser()
    const arrived = await signOn(setting, browser)
    assert.match(arrived.location ?? '', /^\/login\?reason=link-sign-on/)
    const asked = (await browser.get(arrived.location ?? '')).body
    assert.match(asked, /Log in with its password once/)
    assert.doesNotMatch(asked, /action="\/login\/single-sign-on"/)
    assert.equal((await browser.post('/login/single-sign-on/account')).status, 303, 'signed out')
    assert.equal(browser.cookies.has('taskr_session'), false)
    const wrong = await browser.post('/login', { username: 'jo', password: 'not the password' })
    assert.equal(wrong.status, 401)
    const returnTo = '/login/single-sign-on/account'
    const right = await browser.post('/login', { username: 'jo', password, returnTo })
    assert.equal(right.location, returnTo)
    assert.match((await browser.get(returnTo)).body, /Log in to <strong><bdi>jo<\/bdi>/)
    assert.equal((await browser.post(returnTo)).location, '/')
    assert.equal((await browser.post(returnTo)).status, 404, 'it links once')
    const again = world.browser()
    assert.equal((await signOn(setting, again)).location, '/')
    assert.equal(await accountOf(world, again), id)
    const subjects = (await mailTo(world.taskr, jos)).map(({ subject }) => subject)
    assert.ok(subjects.includes('Single sign-on was linked to your Taskr account'))
  })

  test('SO-02 a session from before, and another person’s session, link nothing', async () => {
    await using setting = await start()
    const { provider, world } = setting
    const owner = await withAddress(world, 'jo', jos)
    const mallory = await withAddress(world, 'mallory', 'mallory@evil.example')
    await world.clock.advance(1)
    // Jo’s open session came before: the password is asked again.
    assert.equal((await signOn(setting, owner)).location, '/login/single-sign-on/account')
    const early = await owner.post('/login/single-sign-on/account')
    assert.match(early.location ?? '', /^\/confirmation/)
    await world.clock.advance(1)
    await owner.post('/confirmation', { password, returnTo: '/login/single-sign-on/account' })
    // Mallory, who has taken the cookie of Jo’s arrival, gives their own password.
    mallory.cookies.set('taskr_arrival', owner.cookies.get('taskr_arrival') ?? '')
    await mallory.post('/confirmation', { password, returnTo: '/' })
    const stolen = await mallory.post('/login/single-sign-on/account')
    assert.equal(stolen.status, 409)
    assert.match(stolen.body, /an address that this account hasn’t confirmed/)
    assert.equal((await owner.post('/login/single-sign-on/account')).location, '/')
    // A second person of the provider with the same address cannot take the account over.
    provider.person = { ...jo, subject: 'another-jo' }
    const other = world.browser()
    await signOn(setting, other)
    await world.clock.advance(1)
    await other.post('/login', { username: 'jo', password })
    assert.equal((await other.post('/login/single-sign-on/account')).status, 409)
  })

  test('SO-02 an account that never confirmed the address is not offered, and stays as it is', async () => {
    await using setting = await start()
    const { world } = setting
    const squatter = world.browser()
    await squatter.post('/signup', { username: 'squatter', password, emailAddress: jos })
    const browser = world.browser()
    assert.equal((await signOn(setting, browser)).location, '/signup/single-sign-on')
    await browser.post('/signup/single-sign-on', { username: 'jo' })
    assert.notEqual(await accountOf(world, browser), await accountOf(world, squatter))
  })

  test('SO-03 an address that the provider has not verified lets no person in', async () => {
    await using setting = await start()
    const { provider, world } = setting
    await withAddress(world, 'jo', jos)
    for (const isVerified of [false, 'true', '']) {
      provider.person = { ...jo, isVerified }
      const answer = await signOn(setting, world.browser())
      assert.equal(answer.status, 403)
      assert.match(answer.body, /Your email isn’t verified/)
    }
    provider.person = { ...jo, email: 'no address at all' }
    assert.match((await signOn(setting, world.browser())).body, /isn’t verified/)
    provider.person = jo
    assert.match((await signOn(setting, world.browser())).location ?? '', /link-sign-on/)
  })

  test('SO-04 the answer counts only in the browser that began, once, and within ten minutes', async () => {
    await using setting = await start()
    const { provider, world } = setting
    const browser = world.browser()
    const back = await provider.logIn(await begin(browser))
    const before = provider.tokenRequests()
    const victim = world.browser()
    assert.match((await victim.get(back)).body, /That log-in is over/)
    await begin(victim)
    assert.match((await victim.get(back)).body, /That log-in is over/)
    for (const forged of ['', '&state=', `&state=${'A'.repeat(43)}`, `&state=x&state=y`]) {
      const answer = await browser.get(`${callback}?code=stolen${forged}`)
      assert.equal(answer.status, 404)
    }
    assert.equal(provider.tokenRequests(), before, 'nothing was sent to the provider')
    const both = await Promise.all([browser.get(back), browser.get(back), browser.get(back)])
    assert.deepEqual(
      both.map(({ status }) => status).toSorted((a, b) => a - b),
      [303, 404, 404],
    )
    assert.equal(provider.tokenRequests(), before + 1)
    assert.equal((await browser.get(back)).status, 404, 'a replay')
    const late = await provider.logIn(await begin(browser))
    await world.clock.advance(10 * 60_000)
    assert.equal((await browser.get(late)).status, 404)
    assert.equal(provider.tokenRequests(), before + 1)
  })

  test('SO-05 forged, altered and misdirected ID tokens let no person in', async () => {
    await using setting = await start()
    const { provider, world } = setting
    const hour = 3_600
    const now = Math.floor(Date.now() / 1_000)
    const change = (claims: Readonly<Record<string, unknown>>) => (token: IdToken) => ({
      ...token,
      claims: { ...token.claims, ...claims },
    })
    const hostile: Readonly<Record<string, NonNullable<TestProvider['tamper']>>> = {
      'another nonce': change({ nonce: 'of-another-log-in' }),
      'no nonce': change({ nonce: undefined }),
      'another issuer': change({ iss: 'https://evil.example' }),
      'another audience': change({ aud: 'another-client' }),
      'several audiences without us': change({ aud: ['one', 'two'] }),
      expired: change({ exp: now - hour, iat: now - 2 * hour }),
      'from the future': change({ nbf: now + hour }),
      'no subject': change({ sub: undefined }),
      'alg none': ({ claims }) => `${encode({ alg: 'none' })}.${encode(claims)}.`,
      'alg none with the signature': ({ claims, header }) =>
        provider.sign({ claims, header }).replace(/^[^.]+/, encode({ ...header, alg: 'none' })),
      'signed with the client secret': ({ claims }) => {
        const signed = `${encode({ alg: 'HS256' })}.${encode(claims)}`
        return `${signed}.${createHmac('sha256', clientSecret).update(signed).digest('base64url')}`
      },
      'an unknown key': ({ claims, header }) =>
        provider.sign({ claims, header: { ...header, kid: 'unknown' } }),
      'an altered claim': ({ claims, header }) => {
        const [head, , signature] = provider.sign({ claims, header }).split('.')
        return `${head}.${encode({ ...claims, sub: 'the-chief' })}.${signature}`
      },
      'no token at all': () => 'not-a-token',
    }
    for (const [name, tamper] of Object.entries(hostile)) {
      provider.tamper = tamper
      const browser = world.browser()
      const answer = await signOn(setting, browser)
      assert.equal(answer.status, 403, name)
      assert.match(answer.body, /That log-in didn’t work/, name)
      assert.equal(browser.cookies.has('taskr_session'), false, name)
      assert.equal(browser.cookies.has('taskr_arrival'), false, name)
    }
    // The same machinery without a change lets the person in, so it is the change that was refused.
    provider.tamper = (token) => token
    assert.equal((await signOn(setting, world.browser())).location, '/signup/single-sign-on')
  })

  test('SO-05 a code of another log-in, and the answer of another issuer, let no person in', async () => {
    await using setting = await start()
    const { provider, world } = setting
    const [mine, theirs] = [world.browser(), world.browser()]
    const back = new URL(await provider.logIn(await begin(mine)), taskrOrigin)
    const stolen = new URL(await provider.logIn(await begin(theirs)), taskrOrigin)
    back.searchParams.set('code', stolen.searchParams.get('code') ?? '')
    const injected = await mine.get(back.pathname + back.search)
    assert.match(injected.body, /That log-in didn’t work/)
    const before = provider.tokenRequests()
    for (const iss of ['https://evil.example', `${provider.issuer}/`, '']) {
      const mixed = new URL(await provider.logIn(await begin(mine)), taskrOrigin)
      assert.equal(mixed.searchParams.get('iss'), provider.issuer)
      mixed.searchParams.set('iss', iss)
      const answer = await mine.get(mixed.pathname + mixed.search)
      assert.match(answer.body, /That log-in didn’t work/, iss)
    }
    const twice = await provider.logIn(await begin(mine))
    assert.match((await mine.get(`${twice}&code=another`)).body, /didn’t work/)
    assert.equal(provider.tokenRequests(), before, 'no code was sent to the provider')
  })

  test('SO-06 a refusal is said in words, without the provider’s text', async () => {
    await using setting = await start()
    setting.provider.person = undefined
    const answer = await signOn(setting, setting.world.browser())
    assert.equal(answer.status, 403)
    assert.match(answer.body, /Log-in cancelled/)
    assert.doesNotMatch(answer.body, /The person said no/)
    assert.equal(setting.provider.tokenRequests(), 0)
  })

  test('SO-07 a provider that is away stops neither the start nor passwords, and is found when it is back', async () => {
    const provider = await startIdentityProvider(taskrOrigin + callback)
    await provider.stop()
    await using world = await createWorld(optionsFor(provider))
    const browser = await world.signedUp('bobby')
    assert.equal((await browser.get('/settings')).status, 200)
    const visitor = world.browser()
    const away = await visitor.post('/login/single-sign-on')
    assert.equal(away.status, 503)
    assert.match(away.body, /Can’t reach Acme SSO/)
    assert.match(away.body, /A password still works/)
    assert.equal((await visitor.post('/login', { username: 'bobby', password })).status, 303)
    await using back = await startIdentityProvider(taskrOrigin + callback, {
      port: portOf(provider),
    })
    back.person = jo
    assert.equal((await world.browser().post('/login/single-sign-on')).status, 503, 'rests a while')
    await world.clock.advance(10_000)
    const setting = { provider: back, world }
    assert.equal((await signOn(setting, world.browser())).location, '/signup/single-sign-on')
    // It goes away between the log-in and the way back.
    const unlucky = world.browser()
    const way = await back.logIn(await begin(unlucky))
    await back.stop()
    assert.equal((await unlucky.get(way)).status, 503)
  })

  test('SO-08 who may sign up is decided as for the form: by mode, invitation and domain', async () => {
    await using provider = await startIdentityProvider(taskrOrigin + callback)
    provider.person = jo
    await using team = await startTeam(optionsFor(provider))
    const { world } = team
    const setting = { provider, world }
    const refusedWith = async (changed: Readonly<Record<string, string>>, words: RegExp) => {
      await world.restart(changed)
      const browser = world.browser()
      assert.match((await signOn(setting, browser)).body, words)
      assert.equal(browser.cookies.has('taskr_arrival'), false)
    }
    await refusedWith({ TASKR_SIGN_UP: 'closed' }, /Sign-up is closed/)
    await refusedWith({ TASKR_SIGN_UP: 'invited' }, /Sign-up is by invitation/)
    await refusedWith({ TASKR_SIGN_UP_DOMAINS: 'globex.example' }, /an address at <bdi>globex/)
    // A rule that changes while the person chooses a name counts, too.
    await world.restart()
    const slow = world.browser()
    await signOn(setting, slow)
    await world.restart({ TASKR_SIGN_UP: 'closed' })
    assert.equal((await slow.post('/signup/single-sign-on', { username: 'slow' })).status, 403)
    // An invitation lets its holder in, once.
    await world.restart({ TASKR_SIGN_UP: 'invited' })
    const memberId = asMemberId(standard.members.benAtAcme)
    const rights = { sees: 'own', mayLink: true } as const
    const [invited] = (await world.taskr.parts.seats.invite(team.owner, [memberId], rights)) ?? []
    const browser = world.browser()
    await browser.get(`/join/${invited?.secret.reveal() ?? ''}`)
    await signOn(setting, browser, '/join')
    const entered = await browser.post('/signup/single-sign-on', { username: 'ben' })
    assert.equal(entered.location, '/join')
  })

  test('SO-09 a locked account is not let in, and one with two-step verification is asked for its code', async () => {
    await using setting = await start()
    const { world } = setting
    const operator = await world.signedUp('operator')
    const browser = world.browser()
    await signOn(setting, browser)
    await browser.post('/signup/single-sign-on', { username: 'jo' })
    const id = await accountOf(world, browser)
    await operator.post(`/operator/accounts/${id}/locking`)
    const answer = await signOn(setting, world.browser())
    assert.equal(answer.status, 403)
    assert.match(answer.body, /This account is locked/)
    await operator.post(`/operator/accounts/${id}/unlocking`)
    await signOn(setting, browser)
    await browser.post('/settings/two-step/set-up')
    const secret = secretOn(await browser.get('/settings/two-step'))
    const code = codeAt(secret, world.clock.now())
    assert.equal((await browser.post('/settings/two-step', { code })).status, 200)
    const asked = world.browser()
    assert.match((await signOn(setting, asked)).location ?? '', /^\/login\/code/)
    assert.equal(asked.cookies.has('taskr_session'), false)
    await world.clock.advance(60_000)
    const next = codeAt(secret, world.clock.now())
    assert.equal((await asked.post('/login/code', { code: next })).status, 303)
    assert.equal(await accountOf(world, asked), id)
  })

  test('SO-10 unlinking needs a password to log in with, and is over at once', async () => {
    await using setting = await start()
    const { world } = setting
    const browser = world.browser()
    await signOn(setting, browser)
    await browser.post('/signup/single-sign-on', { username: 'jo' })
    await browser.post('/settings/single-sign-on/ending')
    assert.match((await browser.get('/settings')).body, /You log in with/, 'it has no password yet')
    assert.match((await browser.get('/settings')).body, /Your account has no password/)
    await world.browser().post('/forgotten-password', { emailAddress: jos })
    const link = secretOf(await linkMailedTo(world.taskr, jos))
    await world.browser().post('/password-reset', { link, newPassword: password })
    const again = world.browser()
    await again.post('/login', { username: 'jo', password })
    assert.equal((await again.post('/settings/single-sign-on/ending')).location, '/settings')
    assert.match((await again.get('/settings')).body, /instead of your password/)
    assert.match((await signOn(setting, world.browser())).location ?? '', /link-sign-on/)
  })

  test('SO-12 TK-01 no secret of a log-in is in the database, the log or a page', async () => {
    await using setting = await start()
    const { provider, world } = setting
    const idTokens: string[] = []
    provider.tamper = (token) => {
      const idToken = provider.sign(token)
      idTokens.push(idToken)
      return idToken
    }
    const browser = world.browser()
    const address = new URL(await begin(browser))
    const flowCookies = [...browser.cookies.values()]
    const back = await provider.logIn(address.href)
    const stored = async () => [...(await readStoredBytes(world.config.databaseUrl)).values()]
    const during = await stored()
    const arrived = await browser.get(back)
    const page = await browser.get('/signup/single-sign-on')
    const parameter = (name: string) => address.searchParams.get(name) ?? ''
    const secrets = [
      clientSecret,
      parameter('state'),
      parameter('nonce'),
      new URL(back, taskrOrigin).searchParams.get('code') ?? '',
      browser.cookies.get('taskr_arrival') ?? '',
      ...flowCookies,
      ...idTokens,
    ]
    const places = [
      ...during,
      ...(await stored()),
      Buffer.from(world.logger.lines.join('\n')),
      Buffer.from(arrived.body + page.body),
    ]
    for (const secret of secrets) {
      assert.ok(secret.length >= 20, secret)
      assert.equal(
        places.some((bytes) => bytes.includes(secret)),
        false,
        secret,
      )
    }
  })

  test('SO-11 everything that is kept is in the export, and goes with the account', async () => {
    await using setting = await start()
    const { world } = setting
    const browser = await withAddress(world, 'jo', jos)
    await world.clock.advance(1)
    await signOn(setting, browser)
    await browser.post('/confirmation', { password, returnTo: '/' })
    await browser.post('/login/single-sign-on/account')
    const exported = await browser.post('/settings/export/everything.json')
    assert.match(exported.body, /"subject":\s*"jo-at-acme"/)
    assert.equal((await browser.post('/settings/deletion', { password })).status, 303)
    assert.equal((await signOn(setting, world.browser())).location, '/signup/single-sign-on')
  })
})

suite('the form to log in through a provider', () => {
  test('is not there without one', async () => {
    await using world = await createWorld()
    const visitor = world.browser()
    assert.doesNotMatch((await visitor.get('/login')).body, /single-sign-on/)
    assert.equal((await visitor.post('/login/single-sign-on')).status, 404)
    assert.equal((await visitor.get(`${callback}?code=a&state=b`)).status, 404)
  })

  test('may lead to the provider by the policy of pages, and the way back changes nothing by HEAD', async () => {
    await using setting = await start()
    const { provider, world } = setting
    const visitor = world.browser()
    const policy = (await visitor.get('/login')).headers.get('content-security-policy') ?? ''
    assert.match(policy, new RegExp(`form-action 'self' \\S+ ${provider.issuer};`))
    const back = await provider.logIn(await begin(visitor))
    const head = new Request(taskrOrigin + back, { method: 'HEAD' })
    assert.equal((await visitor.send(head)).status, 405)
    assert.equal((await visitor.get(back)).status, 303)
  })
})

interface Setting {
  readonly provider: TestProvider
  readonly world: World
}

async function start(options: WorldOptions = {}): Promise<Setting & AsyncDisposable> {
  const provider = await startIdentityProvider(taskrOrigin + callback)
  provider.person = jo
  const world = await createWorld({ ...optionsFor(provider), ...options })
  return {
    provider,
    world,
    [Symbol.asyncDispose]: async () => {
      await world.close()
      await provider.stop()
    },
  }
}

/** Lets Taskr reach the provider besides the local Attio. */
function optionsFor(provider: TestProvider, environment = {}): WorldOptions {
  return {
    environment: { ...provider.environment, ...environment },
    fetch: (real) => (input, init) => {
      const url = input instanceof Request ? input.url : String(input)
      return url.startsWith(provider.issuer) ? fetch(input, init) : real(input, init)
    },
  }
}

async function begin(browser: Browser, returnTo = ''): Promise<string> {
  const begun = await browser.post('/login/single-sign-on', { returnTo })
  assert.equal(begun.status, 303, begun.body)
  return begun.location ?? ''
}

async function signOn({ provider }: Setting, browser: Browser, returnTo?: string): Promise<Answer> {
  return await browser.get(await provider.logIn(await begin(browser, returnTo)))
}

/** Signs a person up whose address is confirmed. */
async function withAddress(world: World, username: string, address: string): Promise<Browser> {
  const browser = world.browser()
  await browser.post('/signup', { username, password, emailAddress: address })
  const link = secretOf(await linkMailedTo(world.taskr, address))
  assert.equal((await browser.post('/email-address', { link })).status, 200)
  return browser
}

function portOf({ issuer }: TestProvider): number {
  return Number(new URL(issuer).port)
}

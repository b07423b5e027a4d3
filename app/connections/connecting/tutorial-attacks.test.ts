// Attacks that succeed against the tutorial code Taskr grew from. Against Taskr, all of them must fail.
import type { Browser } from '../../../testing/in-process/http-browser.ts'
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { FaultAnswer } from '@taskr/local-attio'
import { standard } from '@taskr/local-attio'
import {
  approve,
  connect,
  createWorld,
  password,
  type World,
} from '../../../testing/in-process/testbed.ts'
import { startStopwatch } from '../../../testing/stopwatch.ts'

suite('the attacks on the tutorial', () => {
  let world: World
  let accounts = 0
  const someone = () => world.signedUp(`someone${++accounts}`)
  before(async () => {
    world = await createWorld()
  })
  after(() => world.close())

  const tokenRequests = (): number => world.attio.control.journal.count({ path: '/oauth/token' })

  /** Runs an attack and asserts that it sent no code to Attio. */
  const withoutTokenRequest = async (attack: () => Promise<void>): Promise<void> => {
    const sent = tokenRequests()
    await attack()
    assert.equal(tokenRequests(), sent)
  }

  test('1. H-52 markup in a username is refused, and escaped where it is shown', async () => {
    const eve = world.browser()
    const answer = await eve.post('/signup', { username: '<img src=x onerror=alert(1)>', password })
    assert.equal(answer.status, 400)
    assert.doesNotMatch(answer.body, /<img src=x/)
    assert.match(answer.body, /&lt;img src=x onerror=alert\(1\)&gt;/)
  })

  test('2. H-53 markup in a task is shown as text', async () => {
    const ada = world.attio.control.as({
      member: standard.people.ada.emailAddress,
      workspace: 'acme',
    })
    ada.addTask({ content: `"><script>alert('xss')</script><img src=x onerror=alert(1)>` })
    const jo = await someone()
    assert.equal((await connect(world.attio, jo)).status, 303)
    await world.taskr.idle()
    const page = await jo.get('/?view=open&whose=everyone')
    assert.match(page.body, /&lt;script&gt;alert\(/)
    assert.doesNotMatch(page.body, /<script>alert|<img src=x/)
    assert.match(
      page.headers.get('content-security-policy') ?? '',
      /default-src 'none'.*script-src \S+\/assets\/app\.[\w-]{12}\.js \S+\/assets\/pages\.[\w-]{12}\.js \S+\/assets\/passkeys\.[\w-]{12}\.js;/,
    )
  })

  test('3. H-17 a session id planted before log-in is worthless afterwards', async () => {
    const victim = world.browser()
    victim.cookies.set('taskr_session', 'planted-by-attacker')
    await victim.post('/signup', { username: 'victim3', password })
    assert.notEqual(victim.cookies.get('taskr_session'), 'planted-by-attacker')
    const attacker = world.browser()
    attacker.cookies.set('taskr_session', 'planted-by-attacker')
    assert.equal((await attacker.get('/connections')).status, 303)
  })

  test('4. H-38 OA-01 a callback without a state of Taskr’s sends nothing to Attio', () =>
    withoutTokenRequest(async () => {
      const jo = await someone()
      for (const query of [
        'code=abc',
        'code=abc&state=',
        `code=abc&state=${'x'.repeat(43)}`,
        '',
        'state=abc',
      ]) {
        const answer = await jo.get(`/integrations/attio/callback?${query}`)
        assert.equal(answer.status, 400, query)
      }
      assert.doesNotMatch((await jo.get('/connections')).body, /Acme/)
    }))

  test('5. H-42 OA-05 a callback works once', async () => {
    const jo = await someone()
    const back = await approve(world.attio, jo)
    assert.equal((await jo.get(back)).status, 303)
    await withoutTokenRequest(async () => {
      const again = await jo.get(back)
      assert.equal(again.status, 400)
      assert.match(again.body, /Already used/)
    })
  })

  test('6. H-41 OA-03 another browser cannot finish a request that this one began', () =>
    withoutTokenRequest(async () => {
      const attacker = await someone()
      const victim = await someone()
      const stranger = world.browser()
      const back = await approve(world.attio, attacker)
      assert.equal((await victim.get(back)).status, 403)
      assert.equal((await stranger.get(back)).status, 400)
      const sameAccountElsewhere = world.browser()
      sameAccountElsewhere.cookies.set('taskr_session', attacker.cookies.get('taskr_session') ?? '')
      assert.equal((await sameAccountElsewhere.get(back)).status, 403)
      for (const one of [attacker, victim])
        assert.doesNotMatch((await one.get('/connections')).body, /Acme/)
    }))

  test('7. H-21 a link cannot log a person out', async () => {
    const jo = await someone()
    const answer = await jo.get('/logout')
    assert.equal(answer.status, 405)
    assert.equal(answer.headers.get('allow'), 'POST')
    assert.equal((await jo.get('/connections')).status, 200)
  })

  test('8. H-26 another site cannot sign a person up or in', async () => {
    const victim = world.browser()
    for (const path of ['/signup', '/login', '/logout', '/integrations/attio/connect']) {
      for (const headers of [
        { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
        { 'sec-fetch-site': 'same-site', origin: 'http://other.localhost:3050' },
        { 'sec-fetch-site': '', origin: 'https://evil.example' },
        { 'sec-fetch-site': '', origin: 'null' },
      ]) {
        const answer = await victim.post(path, { username: 'attacker8', password }, headers)
        assert.equal(answer.status, 403, path)
      }
    }
    assert.equal(victim.cookies.has('taskr_session'), false)
  })

  test('9. H-27 an empty, short or overlong password is refused', async () => {
    const jo = world.browser()
    for (const bad of ['', 'pw', 'a'.repeat(5_000), 'correct horse', '           ']) {
      const answer = await jo.post('/signup', { username: 'jo9', password: bad })
      assert.equal(answer.status, 400, bad)
      assert.ok(bad === '' || bad.trim() === '' || !answer.body.includes(bad))
    }
  })

  test('10. H-28 a form of 90 KB is refused', async () => {
    const jo = world.browser()
    const answer = await jo.post('/signup', { username: 'jo10', password: 'a'.repeat(90_000) })
    assert.equal(answer.status, 413)
  })

  test('11. H-29 two passwords that share their first 72 bytes are different passwords', async () => {
    const shared =
      'the quick brown fox jumps over the lazy dog and then sits down for dinner '.slice(0, 72)
    const jo = world.browser()
    assert.equal(
      (await jo.post('/signup', { username: 'jo11', password: `${shared}one` })).status,
      303,
    )
    const other = world.browser()
    assert.equal(
      (await other.post('/login', { username: 'jo11', password: `${shared}two` })).status,
      401,
    )
    assert.equal(
      (await other.post('/login', { username: 'jo11', password: `${shared}one` })).status,
      303,
    )
  })

  test('12. H-28 H-44 OA-12 a repeated parameter is refused', () =>
    withoutTokenRequest(async () => {
      const jo = await someone()
      const back = await approve(world.attio, jo)
      for (const name of ['code', 'state', 'error', 'iss']) {
        assert.equal((await jo.get(`${back}&${name}=a&${name}=b`)).status, 400, name)
      }
      const forms = [
        'username=a&username=b&password=c',
        'username[]=a&password=b',
        'username[$ne]=a&password=b',
      ]
      for (const form of forms)
        assert.equal((await world.browser().post('/signup', form)).status, 400, form)
    }))

  test('13. H-43 OA-13 a denial is understood, and none of its text is repeated', () =>
    withoutTokenRequest(async () => {
      const jo = await someone()
      const back = await approve(world.attio, jo, { decision: 'deny' })
      const altered = new URL(back, world.config.publicUrl)
      altered.searchParams.set('error_description', '<script>alert(1)</script>')
      const answer = await jo.get(altered.pathname + altered.search)
      assert.equal(answer.status, 403)
      assert.match(answer.body, /Connection cancelled/)
      assert.doesNotMatch(answer.body, /alert\(1\)/)
    }))

  test('14. H-47 H-48 OA-16 a token response without a token stores nothing', async () => {
    for (const body of [
      {},
      [],
      null,
      'token',
      { access_token: '' },
      { access_token: 7 },
      { access_token: 'x' },
    ]) {
      const jo = await someone()
      const back = await approve(world.attio, jo)
      const heal = world.attio.control.faults.add({
        path: '/oauth/token',
        answer: { status: 200, body },
      })
      const answer = await jo.get(back)
      heal()
      assert.equal(answer.status, 502, JSON.stringify(body))
      assert.match((await jo.get('/connections')).body, /No workspace connected/)
    }
  })

  const broken: readonly (readonly [string, FaultAnswer])[] = [
    ['15. H-11 H-54 H-57 Attio answers 401', { status: 401 }],
    ['16. H-11 H-54 H-57 Attio answers 429', { status: 429 }],
    ['17. H-11 H-54 H-57 Attio answers 500 in HTML', { status: 500, body: '<h1>Bad gateway</h1>' }],
    ['18. H-11 H-54 H-57 Attio breaks the connection', { reset: 'before-commit' }],
  ]
  /** After five failures in a row the circuit breaker lets a call through once a minute at the latest. */
  const connectWhenItMay = async (jo: Browser): Promise<void> => {
    const first = await world.advanceUntil(connect(world.attio, jo))
    if (first.status !== 503) return
    await world.clock.advance(61_000)
    assert.equal((await world.advanceUntil(connect(world.attio, jo))).status, 303)
  }
  for (const [title, answer] of broken) {
    test(`${title}: pages are answered, the process stays up, and the tasks stay readable`, async () => {
      const jo = await someone()
      await connectWhenItMay(jo)
      await world.advanceUntil(world.taskr.idle())
      const heal = world.attio.control.faults.add({ path: '/v2/*', answer })
      await world.clock.advance(16 * 60_000)
      const page = await jo.get('/?view=open&whose=everyone')
      assert.equal(page.status, 200)
      await world.advanceUntil(world.taskr.idle())
      const later = await jo.get('/?view=open&whose=everyone')
      assert.equal(later.status, 200)
      assert.match(later.body, /class="task"/)
      heal()
    })
  }

  test('19. H-46 H-47 H-56 OA-18 when Attio never answers, the callback is answered within its deadline and pages at once', async () => {
    const jo = await someone()
    await connectWhenItMay(jo)
    await world.taskr.idle()
    await world.clock.advance(16 * 60_000)
    const back = await approve(world.attio, jo)
    const heal = world.attio.control.faults.add({ answer: { hang: true } })
    const stopwatch = startStopwatch()
    const [page, callback] = await Promise.all([jo.get('/?view=open&whose=everyone'), jo.get(back)])
    assert.equal(page.status, 200)
    assert.match(page.body, /class="task"/)
    assert.equal(callback.status, 503)
    assert.match(callback.body, /Can’t reach Attio/)
    assert.ok(stopwatch.elapsedMs() < 12_000)
    heal()
    await world.advanceUntil(world.taskr.idle())
  })
})

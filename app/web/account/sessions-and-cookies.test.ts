// Sessions over HTTP: the cookies that browsers get, and when they stop working.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { suite, test } from 'node:test'
import { onEachEngine } from '../../../testing/database/on-each-engine.ts'
import { createBrowser, type Browser } from '../../../testing/in-process/http-browser.ts'
import { connectionIdsIn, wordsOf } from '../../../testing/in-process/page-text.ts'
import { readEveryTable } from '../../../testing/in-process/stored-bytes.ts'
import {
  approve,
  connect,
  createWorld,
  password,
  taskrOrigin,
  type World,
} from '../../../testing/in-process/testbed.ts'

const newPassword = 'an umbrella for the harbour'

suite('cookies', () => {
  for (const publicUrl of [taskrOrigin, 'https://taskr.example.com']) {
    test(`H-15 every cookie of ${publicUrl} is host-only, HttpOnly and SameSite, and expires`, async () => {
      await using world = await createWorld({ publicUrl })
      const lines: string[] = []
      const jo = createBrowser(async (request, address) => {
        const answer = await world.taskr.fetch(request, address)
        lines.push(...answer.headers.getSetCookie())
        return answer
      }, publicUrl)
      await liveALife(world, jo)
      const secure = publicUrl.startsWith('https:')
      const names = new Set<string>()
      for (const line of lines) {
        const [pair = '', ...attributes] = line.split('; ')
        const name = pair.slice(0, pair.indexOf('='))
        names.add(name.replace(/flow_[\w-]+$/, 'flow'))
        assert.equal(name.startsWith('__Host-'), secure, line)
        const [maxAge = '', ...rest] = attributes
          .filter((attribute) => !attribute.startsWith('Expires='))
          .toSorted((a, b) => a.localeCompare(b))
          .toSorted((a, b) => Number(b.startsWith('Max-Age')) - Number(a.startsWith('Max-Age')))
        assert.match(maxAge, /^Max-Age=\d{1,7}$/, line)
        const expected = ['HttpOnly', 'Path=/', 'SameSite=Lax', ...(secure ? ['Secure'] : [])]
        assert.deepEqual(rest, expected, line)
      }
      assert.ok(lines.length >= 8, String(lines.length))
      const prefix = secure ? '__Host-' : ''
      for (const name of ['taskr_session', 'taskr_toast', 'attio_flow']) {
        assert.ok(names.has(prefix + name), name)
      }
    })
  }

  test('H-15 over https a cookie without the prefix is ignored', async () => {
    await using world = await createWorld({ publicUrl: 'https://taskr.example.com' })
    const jo = await world.signedUp()
    const value = jo.cookies.get('__Host-taskr_session') ?? ''
    const planted = world.browser()
    planted.cookies.set('taskr_session', value)
    assert.equal((await planted.get('/connections')).status, 303)
    planted.cookies.set('__Host-taskr_session', value)
    assert.equal((await planted.get('/connections')).status, 200)
  })
})

suite('sessions', () => {
  test('H-17 signing up, logging in, confirming and changing the password each set a new cookie, and the old one stops working', async () => {
    await using world = await createWorld()
    const jo = await world.connected()
    const [id = ''] = await connectionIdsIn(jo)
    const steps: readonly (readonly [string, () => Promise<unknown>])[] = [
      ['disconnect', () => jo.post(`/connections/${id}/disconnection`, { password })],
      ['password', () => jo.post('/settings/password', { currentPassword: password, newPassword })],
    ]
    for (const [what, step] of steps) {
      await world.clock.advance(11 * 60_000)
      const before = jo.cookies.get('taskr_session') ?? ''
      await step()
      assert.notEqual(jo.cookies.get('taskr_session'), before, what)
      assert.equal(await opens(world, before), false, what)
      assert.equal((await jo.get('/connections')).status, 200, what)
    }
    const before = jo.cookies.get('taskr_session') ?? ''
    await jo.post('/logout')
    await jo.post('/login', { username: 'jo', password: newPassword })
    assert.notEqual(jo.cookies.get('taskr_session'), before)
    assert.equal(await opens(world, before), false)
  })

  test('H-16 a session ends after a week unused, or after a month regardless of use', async () => {
    await using world = await createWorld()
    const idle = await world.signedUp('idle')
    const busy = await world.signedUp('busy')
    const day = 24 * 3_600_000
    for (let passed = 0; passed < 29; passed += 1) {
      await world.clock.advance(day)
      assert.equal((await busy.get('/connections')).status, 200, `day ${passed}`)
      assert.equal((await idle.get('/healthz')).status, 200)
    }
    const ended = await idle.get('/connections')
    assert.equal(ended.location, '/login?reason=session-ended&returnTo=%2Fconnections')
    await world.clock.advance(day)
    assert.equal((await busy.get('/connections')).status, 303)
  })

  test('H-18 signing up while signed in changes nothing', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp('jo')
    const before = jo.cookies.get('taskr_session')
    const again = await jo.post('/signup', { username: 'second', password })
    assert.equal(again.status, 303)
    assert.equal(again.location, '/')
    assert.equal(jo.cookies.get('taskr_session'), before)
    const second = await world.browser().post('/login', { username: 'second', password })
    assert.equal(second.status, 401)
  })

  test('H-21 logging out is a POST that ends the session and clears browser data', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp()
    const before = jo.cookies.get('taskr_session') ?? ''
    assert.equal((await jo.get('/logout')).status, 405)
    assert.equal(await opens(world, before), true)
    const answer = await jo.post('/logout')
    assert.equal(answer.headers.get('clear-site-data'), '"cache", "storage"')
    assert.equal(jo.cookies.has('taskr_session'), false)
    assert.equal(await opens(world, before), false)
  })

  test('H-33 a failure is never answered with 200', async () => {
    await using world = await createWorld()
    await world.signedUp('jo')
    const visitor = world.browser()
    const answers = [
      [await visitor.post('/signup', { username: 'jo', password }), 409],
      [await visitor.post('/signup', { username: '', password: '' }), 400],
      [await visitor.post('/login', { username: 'jo', password: 'wrong wrong wrong' }), 401],
      [await visitor.get('/integrations/attio/callback?code=a'), 400],
      [await visitor.get('/nowhere'), 404],
    ] as const
    for (const [{ status }, expected] of answers) assert.equal(status, expected)
  })

  test('H-32 an unknown name and a wrong password are answered alike', async () => {
    await using world = await createWorld()
    await world.signedUp('jo')
    const [known, unknown] = await Promise.all(
      ['jo', 'no'].map((username) =>
        world.browser().post('/login', { username, password: 'wrong wrong wrong' }),
      ),
    )
    const plain = (body = '') => body.replaceAll(/value="(jo|no)"/g, '')
    assert.equal(plain(known?.body), plain(unknown?.body))
    assert.equal(known?.status, unknown?.status)
    assert.match(wordsOf(known?.body ?? ''), /username|password/i)
  })

  test('H-13 no secret signs sessions: they continue under a new key ring, and no key exists by default', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp()
    const key = `k2:${randomBytes(32).toString('base64url')}`
    await world.restart({ TASKR_KEYS: `${key},${world.environment['TASKR_KEYS'] ?? ''}` })
    assert.equal((await jo.get('/connections')).status, 200)
  })
})

onEachEngine('sessions in the database', (_open, engine) => {
  test('TK-17 no stored value opens a session or completes an authorization request', async () => {
    await using world = await createWorld({ databaseUrl: await engine.createMigratedUrl() })
    const jo = await world.connected()
    const back = await approve(world.attio, jo)
    const values = new Set<string>()
    for (const rows of (await readEveryTable(world.config.databaseUrl)).values()) {
      for (const row of rows) for (const value of Object.values(row)) values.add(String(value))
    }
    assert.ok(values.size > 50)
    const flowCookie = [...jo.cookies.keys()].filter((name) => name.startsWith('attio_flow_'))
    for (const value of values) {
      assert.equal(await opens(world, encodeURIComponent(value)), false, value)
      const thief = world.browser()
      for (const name of flowCookie) thief.cookies.set(name, encodeURIComponent(value))
      assert.equal((await thief.get(back)).status, 400)
    }
  })

  if (engine.name === 'sqlite') return

  test('H-14 H-22 a session works on every node, and ends on every node', async () => {
    await using world = await createWorld({ databaseUrl: await engine.createMigratedUrl() })
    const node = await world.anotherNode()
    const onA = await world.signedUp()
    const onB = createBrowser((request, address) => node.fetch(request, address), taskrOrigin)
    for (const [name, value] of onA.cookies) onB.cookies.set(name, value)
    assert.equal((await onB.get('/connections')).status, 200)
    assert.equal((await onB.post('/logout')).status, 303)
    assert.equal((await onA.get('/connections')).status, 303)
    await onA.post('/login', { username: 'jo', password })
    await onB.post('/login', { username: 'jo', password })
    assert.equal((await onA.post('/settings/sessions/ending')).status, 303)
    assert.equal((await onB.get('/connections')).status, 303)
    assert.equal((await onA.get('/connections')).status, 200)
  })
})

/** Makes each request that sets a cookie. */
async function liveALife(world: World, jo: Browser): Promise<void> {
  await jo.post('/signup', { username: 'jo', password, timeZone: 'Europe/Berlin' })
  assert.equal((await connect(world.attio, jo)).status, 303)
  await world.taskr.idle()
  await jo.get('/')
  await jo.post('/settings/time-zone', { timeZone: 'Asia/Tokyo' })
  await jo.post('/settings/password', { currentPassword: password, newPassword })
  await jo.get('/settings')
  const back = await approve(world.attio, jo)
  await jo.post('/logout')
  await jo.get(back)
  await jo.post('/login', { username: 'jo', password: newPassword })
  await jo.post('/integrations/attio/resume')
  await world.taskr.idle()
  const deleted = await jo.post('/settings/deletion', { password: newPassword })
  assert.equal(deleted.status, 303)
}

async function opens(world: World, cookie: string): Promise<boolean> {
  const thief = world.browser()
  thief.cookies.set('taskr_session', cookie)
  return (await thief.get('/connections')).status === 200
}

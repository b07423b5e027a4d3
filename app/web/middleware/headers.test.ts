// The headers of every response: for every route, person and outcome.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { CspEvaluator } from 'csp_evaluator/dist/evaluator.js'
import { Severity } from 'csp_evaluator/dist/finding.js'
import { CspParser } from 'csp_evaluator/dist/parser.js'
import { paths } from '../addresses.ts'
import type { Browser } from '../../../testing/in-process/http-browser.ts'
import { connectionIdsIn } from '../../../testing/in-process/page-text.ts'
import {
  createWorld,
  password,
  taskrOrigin,
  type World,
} from '../../../testing/in-process/testbed.ts'

const origins = ['http://localhost:3050', 'https://taskr.example.com']
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'PROPFIND']

suite('headers', () => {
  for (const publicUrl of origins) {
    test(`H-23 OA-26 every answer of ${publicUrl} carries the security headers, for each route, method and status`, async () => {
      let isBroken = false
      await using world = await createWorld({
        publicUrl,
        betweenDatabase: (database) => ({
          ...database,
          isReady: async () => !isBroken && (await database.isReady()),
          transaction: (work) =>
            isBroken ? Promise.reject(new Error('broken on purpose')) : database.transaction(work),
        }),
      })
      const jo = await world.connected()
      const asked = await askEverything(world, publicUrl, [jo, world.browser()])
      const refused = await provokeRefusals(publicUrl, jo)
      isBroken = true
      const failed = await jo.post('/settings/time-zone', { timeZone: 'Asia/Tokyo' })
      await world.taskr.beginStopping()
      const stopping = await jo.get('/readyz')
      const named = [failed, stopping].map((answer) => ({ ...answer, what: 'a failure' }))
      const answers = [...asked, ...refused, ...named]
      for (const answer of answers) judge(answer, publicUrl)
      const statuses = new Set(answers.map(({ status }) => status))
      for (const status of [200, 303, 400, 401, 403, 404, 405, 409, 413, 415, 429, 500, 503]) {
        assert.ok(statuses.has(status), `${status} was not met`)
      }
      const policies = answers.map(({ headers }) => headers.get('content-security-policy') ?? '')
      assert.equal(new Set(policies).size, 1, 'a constant policy fits every kept page')
    })
  }

  test('H-23 Google’s evaluator finds nothing above "info" in the policy but the addresses of the scripts', async () => {
    await using world = await createWorld({
      publicUrl: 'https://taskr.example.com',
      attio: { origin: 'https://app.attio.com' },
    })
    const { headers } = await world.browser().get('/')
    const policy = new CspParser(headers.get('content-security-policy') ?? '').csp
    const findings = new CspEvaluator(policy).evaluate()
    const above = findings.filter(({ severity }) => severity < Severity.INFO)
    assert.deepEqual(
      above.map(({ directive, description }) => `${directive}: ${description}`),
      // The addresses of Taskr's own scripts, each the whole answer at its address.
      Array.from(
        { length: 3 },
        () =>
          "script-src: No bypass found; make sure that this URL doesn't serve JSONP replies or Angular libraries.",
      ),
    )
    const loose = new CspParser("script-src 'unsafe-inline' *").csp
    assert.ok(new CspEvaluator(loose).evaluate().some(({ severity }) => severity === Severity.HIGH))
  })

  test('H-23 the event stream is private, and a HEAD request opens none', async () => {
    await using world = await createWorld()
    const jo = await world.connected()
    const cookie = `taskr_session=${jo.cookies.get('taskr_session') ?? ''}`
    const asked = new Request(new URL(paths.live, taskrOrigin), { headers: { cookie } })
    const stream = await world.taskr.fetch(asked)
    assert.equal(stream.headers.get('content-type'), 'text/event-stream')
    judge({ what: 'GET the stream', status: stream.status, headers: stream.headers }, taskrOrigin)
    await stream.body?.cancel()
    const head = await ask(jo, paths.live, 'HEAD', {})
    assert.equal(head.headers.get('content-type'), null)
    judge(head, taskrOrigin)
  })

  test('H-23 a page loads nothing from other hosts', async () => {
    await using world = await createWorld()
    const jo = await world.connected()
    for (const path of ['/', '/login', '/settings', '/connections', '/events', '/nowhere']) {
      const { body } = await jo.get(path)
      for (const [tag, address = ''] of body.matchAll(
        /<[^>]*(?:src|srcset|href|data|poster|action)="([^"]*)"/g,
      )) {
        const { origin } = new URL(address, taskrOrigin)
        const leads = tag.startsWith('<a ') ? [taskrOrigin, world.attio.origin] : [taskrOrigin]
        assert.ok(leads.includes(origin), tag)
      }
      assert.doesNotMatch(body, / on\w+="| style="|<style|javascript:/, path)
    }
  })

  test('H-23 no response is readable by scripts of other sites', async () => {
    await using world = await createWorld()
    const jo = await world.connected()
    for (const origin of ['https://evil.example', 'null', 'http://localhost:3050.evil.example']) {
      for (const method of ['GET', 'OPTIONS']) {
        const { headers } = await ask(jo, '/settings/export/everything.json', method, { origin })
        for (const [name] of headers) assert.ok(!name.startsWith('access-control-'), name)
      }
    }
  })
})

interface Judged {
  readonly what: string
  readonly status: number
  readonly headers: Headers
}

async function askEverything(
  world: World,
  origin: string,
  browsers: readonly Browser[],
): Promise<Judged[]> {
  const answers: Judged[] = []
  const [jo] = browsers
  const [connectionId = ''] = jo === undefined ? [] : await connectionIdsIn(jo)
  const script = /\/assets\/[\w.-]+\.js/.exec((await world.browser().get('/')).body)?.[0] ?? ''
  for (const browser of browsers) {
    for (const path of [...Object.values(paths), '/nowhere', script]) {
      // Requests that end the session or the account come last, in other sessions.
      if (path === paths.live) continue
      const address = path
        .replace(':connectionId', connectionId)
        .replace(/:\w+/, '0190a5d0-0000-7000-8000-000000000000')
      for (const method of methods) {
        if (method === 'POST' && (path === paths.logOut || path === paths.disconnection)) continue
        const headers = { 'sec-fetch-site': 'same-origin', origin }
        answers.push(await ask(browser, new URL(address, origin).href, method, headers))
      }
    }
  }
  return answers
}

async function provokeRefusals(origin: string, jo: Browser): Promise<Judged[]> {
  const stranger = { ...jo, cookies: new Map<string, string>() }
  const anyone = (path: string, fields: string, headers: Record<string, string> = {}) =>
    ask(
      stranger,
      new URL(path, origin).href,
      'POST',
      {
        'sec-fetch-site': 'same-origin',
        'content-type': 'application/x-www-form-urlencoded',
        ...headers,
      },
      fields,
    )
  const account = `username=jo&password=${encodeURIComponent(password)}`
  const wrong = 'username=jo&password=something+else+entirely'
  const refusals = [
    await anyone('/signup', account),
    await anyone('/login', wrong),
    await anyone('/login', 'a=b'),
    await anyone('/login', 'x'.repeat(70_000)),
    await anyone('/login', '{}', { 'content-type': 'application/json' }),
    await anyone('/login', wrong, { 'sec-fetch-site': 'cross-site' }),
  ]
  for (let press = 0; press < 21; press++) {
    const headers = { 'sec-fetch-site': 'same-origin' }
    refusals.push(await ask(jo, new URL(paths.connect, origin).href, 'POST', headers))
  }
  return refusals
}

async function ask(
  browser: Browser,
  address: string,
  method: string,
  headers: Readonly<Record<string, string>>,
  body?: string,
): Promise<Judged> {
  const url = new URL(address, 'http://localhost:3050')
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const request = new Request(url, {
    method,
    headers: { ...headers, cookie },
    ...(body === undefined ? {} : { body }),
  })
  const answer = await browser.send(request)
  return { ...answer, what: `${method} ${url.pathname}` }
}

function judge({ what, status, headers }: Judged, publicUrl: string): void {
  const at = `${what}: ${status}`
  const policy = (headers.get('content-security-policy') ?? '').replace(
    /(app|pages|passkeys)\.[\w-]{12}\.js/g,
    '$1.N.js',
  )
  assert.deepEqual(
    policy.split('; ').filter((directive) => !directive.startsWith('form-action')),
    [
      `default-src 'none'`,
      `script-src ${['app', 'pages', 'passkeys'].map((name) => `${publicUrl}/assets/${name}.N.js`).join(' ')}`,
      `style-src 'self'`,
      `img-src 'self'`,
      `connect-src 'self'`,
      `base-uri 'none'`,
      `object-src 'none'`,
      `frame-ancestors 'none'`,
      `require-trusted-types-for 'script'`,
      `trusted-types taskr`,
    ],
    at,
  )
  for (const [name, value] of Object.entries(always)) assert.equal(headers.get(name), value, at)
  assert.match(headers.get('referrer-policy') ?? '', /^(same-origin|no-referrer)$/, at)
  const isAsset = what.startsWith('GET /assets/') && status === 200
  const isAssetHead = what.startsWith('HEAD /assets/') && status === 200
  const expected =
    isAsset || isAssetHead
      ? 'public, max-age=31536000, immutable'
      : headers.has('etag')
        ? 'private, no-cache'
        : 'no-store'
  assert.equal(headers.get('cache-control'), expected, at)
  // A shared cache needs one copy of an asset for each encoding.
  if (isAsset || isAssetHead) assert.equal(headers.get('vary'), 'accept-encoding', at)
  else assert.match(headers.get('vary') ?? '', /Cookie, Sec-Fetch-Site, Origin/, at)
  assert.match(headers.get('x-request-id') ?? '', /^[\w-]{36}$/, at)
  const https = publicUrl.startsWith('https:')
  const hsts = https ? 'max-age=63072000' : null
  assert.equal(headers.get('strict-transport-security'), hsts, at)
  for (const name of ['x-powered-by', 'server', 'access-control-allow-origin']) {
    assert.equal(headers.get(name), null, at)
  }
  const type = headers.get('content-type')
  if (type !== null)
    assert.match(type, /; ?charset=utf-8$|^image\/svg\+xml$|^text\/event-stream$/i, at)
}

const always = {
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
}

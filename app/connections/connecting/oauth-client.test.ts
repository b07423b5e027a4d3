// Taskr as an OAuth client: what it sends to Attio, which answers it accepts, and where it sends browsers.
import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { suite, test } from 'node:test'
import type { FaultAnswer } from '@taskr/local-attio'
import { connectionIdsIn, connectionsIn, wordsOf } from '../../../testing/in-process/page-text.ts'
import { approve, connect, createWorld, taskrOrigin } from '../../../testing/in-process/testbed.ts'

const beginning = '/integrations/attio/connect'
const callback = '/integrations/attio/callback'

suite('Taskr as an OAuth client', () => {
  test('H-45 OA-21 the connect page lists the scopes beforehand, and the request asks for exactly those', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp()
    const words = wordsOf((await jo.get(beginning)).body)
    for (const asked of [
      /Tasks: Read-write/,
      /User management: Read/,
      /Records: Read/,
      /Webhooks/,
    ]) {
      assert.match(words, asked)
    }
    assert.equal((await connect(world.attio, jo)).status, 303)
    assert.equal(await connectionsIn(jo), 1)
  })

  test('H-01 H-39 OA-06 every request has its own S256 challenge and state, and the configured redirect URI', async () => {
    await using world = await createWorld({ limits: 'none' })
    const jo = await world.signedUp()
    const seen = new Set<string>()
    for (let request = 0; request < 200; request++) {
      const url = new URL((await jo.post(beginning)).location ?? '')
      assert.equal(url.origin, world.attio.origin)
      assert.equal(url.searchParams.get('response_type'), 'code')
      assert.equal(url.searchParams.get('code_challenge_method'), 'S256')
      assert.equal(url.searchParams.get('redirect_uri'), taskrOrigin + callback)
      for (const name of ['state', 'code_challenge']) {
        const value = url.searchParams.get(name) ?? ''
        assert.match(value, /^[\w-]{43}$/)
        seen.add(value)
      }
      assert.deepEqual(url.searchParams.getAll('code_verifier'), [])
    }
    assert.equal(seen.size, 400)
  })

  test('OA-06 a code that was issued for another request is useless', async () => {
    await using world = await createWorld()
    const [jo, eve] = [await world.signedUp('jo'), await world.signedUp('eve')]
    const [own, stolen] = [await approve(world.attio, jo), await approve(world.attio, eve)]
    const injected = new URL(own, taskrOrigin)
    injected.searchParams.set('code', new URL(stolen, taskrOrigin).searchParams.get('code') ?? '')
    const answer = await jo.get(injected.pathname + injected.search)
    assert.equal(answer.status, 400)
    assert.equal(await connectionsIn(jo), 0)
    assert.equal(world.attio.control.world.accessTokens.all().length, 0)
  })

  test('OA-15 no header or address of a request changes the redirect URI', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp()
    const lies: readonly Readonly<Record<string, string>>[] = [
      { host: 'evil.example' },
      { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
      { forwarded: 'host=evil.example;proto=https' },
      { 'x-original-url': 'https://evil.example/', 'x-rewrite-url': '/evil' },
      { 'x-forwarded-prefix': '/evil', 'x-http-method-override': 'GET' },
    ]
    for (const headers of lies) {
      const url = new URL((await jo.post(beginning, {}, headers)).location ?? '')
      assert.equal(url.searchParams.get('redirect_uri'), taskrOrigin + callback)
      assert.equal(url.origin, world.attio.origin)
    }
    const elsewhere = new Request(`https://evil.example${beginning}`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'same-origin' },
    })
    assert.equal((await jo.send(elsewhere)).status, 421)
  })

  test('OA-15 behind a proxy the redirect URI has the public address for every Host header', async () => {
    const publicUrl = 'https://taskr.example.com'
    await using world = await createWorld({ publicUrl })
    const jo = await world.signedUp()
    const elsewhere = new Request(`https://evil.example${beginning}`, {
      method: 'POST',
      headers: { 'sec-fetch-site': 'same-origin' },
    })
    const { location = '' } = await jo.send(elsewhere)
    assert.equal(new URL(location).searchParams.get('redirect_uri'), publicUrl + callback)
  })

  test('OA-17 H-46 a redirect from the token endpoint is not followed: the second listener receives nothing', async () => {
    const heard: string[] = []
    const second = await listen((path) => heard.push(path))
    for (const status of [301, 302, 303, 307, 308]) {
      const first = await listen(() => undefined, { status, location: `${second.url}/oauth/token` })
      await using world = await createWorld({
        fetch: (real) => (input, init) =>
          pathOf(input) === '/oauth/token'
            ? globalThis.fetch(`${first.url}/oauth/token`, init)
            : real(input, init),
      })
      const jo = await world.signedUp()
      const answer = await jo.get(await approve(world.attio, jo))
      assert.ok(answer.status === 502 || answer.status === 503, String(answer.status))
      assert.equal(await connectionsIn(jo), 0)
      await first.close()
    }
    assert.deepEqual(heard, [])
    await second.close()
  })

  const untrue: readonly (readonly [string, FaultAnswer, number])[] = [
    ['says that the token is dead', { body: { active: false } }, 502],
    ['names another app', { shape: (body) => ({ ...own(body), client_id: otherApp }) }, 502],
    ['leaves out a scope', { shape: (body) => ({ ...own(body), scope: 'task:read' }) }, 403],
    ['differs from the documents', { shape: 'array' }, 502],
    ['is an error', { status: 500 }, 503],
  ]
  for (const [what, answer, status] of untrue) {
    test(`OA-20 H-50 when Attio’s answer about a new token ${what}, nothing is stored and the token is revoked`, async () => {
      await using world = await createWorld()
      const jo = await world.signedUp()
      const heal = world.attio.control.faults.add({ path: '/v2/self', answer })
      const ended = await world.advanceUntil(connect(world.attio, jo))
      heal()
      assert.equal(ended.status, status)
      assert.equal(await connectionsIn(jo), 0)
      assert.equal(world.attio.control.world.accessTokens.all().length, 0)
    })
  }

  test('H-09 H-49 each workspace is one connection, connecting it again renews that one, and both are in the audit log', async () => {
    await using world = await createWorld()
    const jo = await world.connected()
    const [first] = await connectionIdsIn(jo)
    await connect(world.attio, jo, { workspace: 'globex' })
    assert.equal(await connectionsIn(jo), 2)
    await connect(world.attio, jo, { workspace: 'acme' })
    const ids = await connectionIdsIn(jo)
    assert.equal(ids.length, 2)
    assert.ok(first !== undefined && ids.includes(first))
    const auditLog = wordsOf((await jo.get('/events')).body)
    assert.match(auditLog, /Connected/i)
    assert.match(auditLog, /Reconnected/i)
  })

  test('OA-14 every form of Taskr posts to Taskr', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp()
    for (const returnTo of waysOut()) {
      const answer = await jo.post('/tasks/refresh', { returnTo })
      assert.equal(answer.status, 303)
      assert.match(answer.location ?? '', /^\/(?![/\\])/, returnTo)
      const page = await world.browser().get(`/login?returnTo=${encodeURIComponent(returnTo)}`)
      const [, kept = '/'] = /name="returnTo" value="([^"]*)"/.exec(page.body) ?? []
      assert.equal(new URL(kept, taskrOrigin).origin, taskrOrigin, returnTo)
    }
  })

  test('OA-23 the callback page leaves no code in the browser, and holds no data of another account', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp()
    const back = await approve(world.attio, jo)
    const connected = await jo.get(back)
    assert.equal(connected.status, 303)
    assert.equal(connected.location, '/')
    assert.equal(connected.body.trim(), '')
    const refused = await jo.get(back)
    for (const { headers } of [connected, refused]) {
      assert.equal(headers.get('referrer-policy'), 'no-referrer')
      assert.equal(headers.get('cache-control'), 'no-store')
    }
    const code = new URL(back, taskrOrigin).searchParams.get('code') ?? 'none'
    assert.ok(!refused.body.includes(code))
    assert.doesNotMatch(refused.body, /(src|href|action)="(https?:)?\/\//)
    await world.taskr.idle()
  })

  test('OA-13 H-43 the text of a denial is neither shown nor logged', async () => {
    await using world = await createWorld({ limits: 'none' })
    const jo = await world.signedUp()
    for (const text of [
      '<script>alert(1)</script>',
      '"><img src=x onerror=alert(1)>',
      'canary-5f1e',
      '\u001b[31m',
    ]) {
      const back = new URL(await approve(world.attio, jo, { decision: 'deny' }), taskrOrigin)
      back.searchParams.set('error_description', text)
      back.searchParams.set('error_uri', `https://evil.example/${text}`)
      const denied = await jo.get(back.pathname + back.search)
      assert.equal(denied.status, 403)
      back.searchParams.set('error', text)
      const nonsense = await jo.get(back.pathname + back.search)
      assert.equal(nonsense.status, 400)
      for (const { body } of [denied, nonsense]) assert.ok(!body.includes(text), text)
      assert.ok(!world.logger.lines.join('').includes(JSON.stringify(text).slice(1, -1)))
    }
    assert.equal(world.sent('/oauth/token'), 0)
  })
})

suite('malformed callbacks', () => {
  test('OA-01 H-38 a state of a megabyte is refused at once', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp()
    const answer = await jo.get(`${callback}?code=a&state=${'s'.repeat(2 ** 20)}`)
    assert.equal(answer.status, 400)
    assert.ok(answer.body.length < 20_000)
    assert.equal(world.sent('/oauth/token'), 0)
  })

  test('OA-12 H-44 only a GET is a callback, and only its query is read', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp()
    const back = await approve(world.attio, jo)
    const posted = await jo.post(callback, back.slice(back.indexOf('?') + 1))
    assert.equal(posted.status, 405)
    assert.equal((await jo.post(back, {})).status, 405)
    assert.equal(world.sent('/oauth/token'), 0)
  })
})

suite('disconnecting', () => {
  test('OA-25 disconnecting takes a POST from Taskr’s own page, and a recently entered password', async () => {
    await using world = await createWorld()
    const jo = await world.connected()
    const [id = ''] = await connectionIdsIn(jo)
    const path = `/connections/${id}/disconnection`
    assert.equal((await jo.get(path)).status, 405)
    for (const headers of fromElsewhere) {
      assert.equal((await jo.post(path, {}, headers)).status, 403, JSON.stringify(headers))
    }
    await world.clock.advance(11 * 60_000)
    assert.equal((await jo.post(path)).status, 403)
    assert.equal(await connectionsIn(jo), 1)
    assert.equal(world.sent('/oauth/revoke'), 0)
  })
})

const otherApp = '7f0d6a52-3f4e-4a5b-9a52-0a1b2c3d4e5f'

const fromElsewhere = [
  { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
  { 'sec-fetch-site': 'same-site', origin: 'http://other.localhost:3050' },
  { 'sec-fetch-site': 'none', origin: 'https://evil.example' },
  { 'sec-fetch-site': '', origin: taskrOrigin },
  { 'sec-fetch-site': 'same-origin, cross-site', origin: taskrOrigin },
]

function pathOf(input: string | URL | Request): string {
  return new URL(input instanceof Request ? input.url : input).pathname
}

function own(body: unknown): object {
  return typeof body === 'object' && body !== null ? body : {}
}

function waysOut(): string[] {
  const hosts = ['//evil.example', '/\\evil.example', 'https://evil.example', 'https:evil.example']
  const tricks = [
    '/.//evil.example',
    '/%09/evil.example',
    '/\t/evil.example',
    '/x/..//evil.example',
  ]
  const frames = [
    '',
    ' ',
    '/',
    '/.',
    '\t',
    '\r\n',
    '%0d%0a',
    '/;',
    '@',
    '?',
    '\0',
    '\u3002',
    '/%2e',
  ]
  return [...hosts, ...tricks].flatMap((text) =>
    frames.flatMap((frame) => [frame + text, text + frame]),
  )
}

/** Starts a server on this machine that gives every request the same answer. */
async function listen(
  onRequest: (path: string) => void,
  answer: { readonly status: number; readonly location: string } = { status: 200, location: '' },
) {
  const server = createServer((request, response) => {
    onRequest(request.url ?? '')
    response.writeHead(answer.status, { location: answer.location }).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

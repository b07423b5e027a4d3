// A page that is answered straight from Node's request is the page that the general way answers with.
import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { fetchAsServed, type Served } from '../../../testing/in-process/fetch-as-served.ts'
import type { Browser } from '../../../testing/in-process/http-browser.ts'
import { sendBytes, serveForTests } from '../../../testing/in-process/raw-requests.ts'
import { createWorld, password, type World } from '../../../testing/in-process/testbed.ts'
import type { Database } from '../../database/open-database.ts'

const refetch = { 'x-taskr-refetch': 'yes' }

suite('straight answers', () => {
  const places: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
    ['on this machine', 'http://localhost:3050', {}],
    ['behind a proxy', 'https://taskr.example', { TASKR_TRUSTED_PROXIES: '1' }],
  ]
  for (const [where, publicUrl, environment] of places) {
    test(`a straight answer has the status, headers, body and log line of the general way, ${where}`, async () => {
      await using world = await createWorld({ publicUrl, environment })
      const jo = await world.connected()
      await world.delivered()
      await jo.get('/')
      await world.taskr.idle()
      const etag = (await jo.get('/', refetch)).headers.get('etag') ?? ''
      const kinds: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
        ['opened', {}],
        ['opened with the page’s etag', { 'if-none-match': etag }],
        ['refetched', refetch],
        ['refetched with the page’s etag', { ...refetch, 'if-none-match': etag }],
        ['refetched with another etag', { ...refetch, 'if-none-match': 'W/"x"' }],
        ['compressed', { 'accept-encoding': 'gzip, br' }],
        ['refetched, compressed', { ...refetch, 'accept-encoding': 'gzip' }],
        ['with IDs of a proxy', { 'x-request-id': 'proxy-0123', traceparent }],
      ]
      for (const [at, [kind, headers]] of kinds.entries()) {
        // Of an address that was not asked for before, the first answer is a new rendering, and the second is kept.
        const path = lists[at] ?? ''
        for (const isKept of [false, true]) {
          const straight = await ask(world, jo, publicUrl, { headers, path })
          const general = await world.taskr.fetch(requestOf(jo, publicUrl, { headers, path }))
          const { response } = straight
          assert.ok(straight.isStraight, kind)
          assert.equal(straight.isKept, isKept || response.status === 304, kind)
          assert.equal(response.status, general.status, kind)
          assert.deepEqual(headersOf(response), headersOf(general), kind)
          const body = await textOf(response)
          assert.equal(body, await textOf(general), kind)
          if (response.status === 304) continue
          const anew = requestOf(jo, publicUrl, { headers: { 'x-taskr-toast': 'none' }, path })
          assert.equal(body, await textOf(await world.taskr.fetch(anew)), kind)
        }
        await ask(world, jo, publicUrl, { headers, path })
        await world.taskr.fetch(requestOf(jo, publicUrl, { headers, path }))
        const [line, other] = world.logger.lines.slice(-2).map(withoutIds)
        assert.match(line ?? '', /"event":"web.request"/)
        assert.equal(line, other, kind)
      }
    })
  }

  test('two straight answers have different request keys', async () => {
    await using world = await createWorld()
    const jo = await world.connected()
    await world.delivered()
    await jo.get('/')
    await jo.get('/')
    const keys = []
    for (let view = 0; view < 2; view += 1) {
      const { isStraight, response } = await ask(world, jo)
      assert.ok(isStraight)
      keys.push(/name="requestKey" value="([\w-]{22})"/.exec(await response.text())?.[1])
    }
    assert.ok(keys[0] !== undefined)
    assert.notEqual(keys[0], keys[1])
  })

  const exceptions: readonly (readonly [string, Ask, number])[] = [
    ['HEAD', { method: 'HEAD' }, 200],
    ['another page', { path: '/settings' }, 200],
    ['a path that begins with two slashes', { path: '//' }, 404],
    ['another host', { headers: { host: 'evil.example' } }, 421],
    ['another name of this machine', { headers: { host: '127.0.0.1:3050' } }, 307],
    ['a body that is declared', { headers: { 'content-length': '70000' } }, 413],
    ['no session', { headers: { cookie: 'other=1' } }, 200],
    ['an unknown session', { headers: { cookie: `taskr_session=${'x'.repeat(43)}` } }, 200],
    ['a toast', { headers: { 'x-taskr-toast': 'none' } }, 200],
    ['an invalid query', { path: '/?view=none' }, 404],
  ]
  test('a request that a rule may refuse, redirect or change takes the general way', async () => {
    await using world = await createWorld()
    const jo = await world.connected()
    await world.delivered()
    await jo.get('/')
    await jo.get('/')
    assert.ok((await ask(world, jo)).isStraight)
    for (const [what, request, status] of exceptions) {
      const { isStraight, response } = await ask(world, jo, undefined, request)
      assert.equal(isStraight, false, what)
      assert.equal(response.status, status, what)
    }
  })

  test('a session that ended, a change and a new minute are seen by the next view', async () => {
    await using world = await createWorld()
    const jo = await world.signedUp()
    const view = async (): Promise<Served> => {
      await jo.get('/')
      await jo.get('/')
      assert.ok((await ask(world, jo)).isKept)
      return await ask(world, jo)
    }
    await view()
    await world.clock.advance(60_000)
    assert.equal((await ask(world, jo)).isKept, false)
    await view()
    const other = world.browser()
    await other.post('/login', { username: 'jo', password })
    await other.post('/settings/time-zone', { timeZone: 'Asia/Tokyo' })
    assert.equal((await ask(world, jo)).isKept, false)
    await view()
    const before = new Map(jo.cookies)
    await jo.post('/logout')
    for (const [name, value] of before) jo.cookies.set(name, value)
    const { isStraight, response } = await ask(world, jo)
    assert.equal(isStraight, false)
    assert.doesNotMatch(await response.text(), /<bdi>jo</)
  })

  test('a database that fails gives the problem page of the general way', async () => {
    let opened: Database | undefined
    await using world = await createWorld({
      betweenDatabase: (database) => (opened = database),
    })
    const jo = await world.signedUp()
    await jo.get('/')
    await jo.get('/')
    assert.ok((await ask(world, jo)).isStraight)
    await opened?.close()
    const { isStraight, response } = await ask(world, jo)
    assert.equal(isStraight, false)
    assert.ok(response.status >= 500, String(response.status))
  })

  test('the server sends a straight answer whole, and with the headers of the general way', async () => {
    const taskr = await serveForTests()
    try {
      const send = async (...lines: readonly string[]) =>
        await sendBytes(taskr.port, [lines.join('\r\n')])
      const fields = new URLSearchParams({ username: 'jo', password }).toString()
      const entered = await send(
        'POST /signup HTTP/1.1',
        'Host: localhost:3050',
        'Sec-Fetch-Site: same-origin',
        'Content-Type: application/x-www-form-urlencoded',
        `Content-Length: ${fields.length}`,
        'Connection: close',
        '',
        fields,
      )
      assert.equal(entered.status, 303)
      const cookie = /taskr_session=[\w-]+/.exec(entered.head)?.[0]
      const head = ['Host: localhost:3050', `Cookie: ${cookie}`, 'Connection: close', '', '']
      const view = () => send('GET / HTTP/1.1', ...head)
      const [rendered, kept] = [await view(), await view()]
      assert.equal(kept.status, 200)
      assert.deepEqual(linesOf(kept.head), linesOf(rendered.head))
      assert.equal(withoutKeys(kept.body), withoutKeys(rendered.body))
      assert.match(kept.body, /<bdi>jo<\/bdi>/)
    } finally {
      await taskr.stop()
    }
  })
})

const lists = ['overdue', 'upcoming', 'no-date', 'open'].flatMap((view) => [
  `/?view=${view}`,
  `/?view=${view}&whose=everyone`,
])
const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'

interface Ask {
  readonly method?: string
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
}

async function ask(
  world: World,
  browser: Browser,
  origin?: string,
  what: Ask = {},
): Promise<Served> {
  return await fetchAsServed(world.taskr, requestOf(browser, origin, what))
}

function requestOf(
  browser: Browser,
  origin = 'http://localhost:3050',
  { headers = {}, method = 'GET', path = '/' }: Ask = {},
): Request {
  const { host = new URL(origin).host, ...others } = headers
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  const url = new URL(origin)
  url.host = host
  return new Request(url.origin + path, {
    method,
    headers: { cookie, 'sec-fetch-site': 'none', ...others },
  })
}

function headersOf({ headers }: Response): Readonly<Record<string, string>> {
  const { 'x-request-id': requestId = '', ...others } = Object.fromEntries(headers)
  assert.notEqual(requestId, '')
  return others
}

function withoutIds(line: string): string {
  return line.replace(/"requestId":"[\da-f]{8}-[\da-f-]{27}",/, '')
}

async function textOf(response: Response): Promise<string> {
  const body = Buffer.from(await response.arrayBuffer())
  const isCompressed = response.headers.get('content-encoding') === 'gzip'
  return withoutKeys((isCompressed ? gunzipSync(body) : body).toString())
}

function withoutKeys(body: string): string {
  return body.replaceAll(/name="requestKey" value="[^"]+"/g, 'name="requestKey"')
}

function linesOf(head: string): readonly string[] {
  return head
    .toLowerCase()
    .split('\r\n')
    .filter((line) => !/^(?:x-request-id|date):/.test(line))
    .toSorted()
}

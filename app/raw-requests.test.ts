// Requests that no browser and no fetch would send, sent to a real port.
import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { createTestRandomBytes } from './support/random.ts'
import {
  sendBytes,
  serveForTests,
  type ServedForTests,
  type WireAnswer,
} from '../testing/in-process/raw-requests.ts'

const inside = /node_modules|file:\/\/|\bat .{1,80}\.[jt]s:\d+|\b\w*Error:/
const mutants = Number(process.env['MUTANTS'] ?? 600)

suite('raw requests', () => {
  let taskr: ServedForTests
  before(async () => {
    taskr = await serveForTests()
  })
  after(() => taskr.stop())

  const ask = (...lines: readonly string[]): Promise<WireAnswer> =>
    sendBytes(taskr.port, [[...lines, 'Connection: close', '', ''].join('\r\n')], 60_000)

  const refused: readonly (readonly [string, readonly string[]])[] = [
    ['no Host', ['GET / HTTP/1.1']],
    ['an empty Host', ['GET / HTTP/1.1', 'Host:']],
    ['two Hosts', ['GET / HTTP/1.1', 'Host: localhost', 'Host: evil.example']],
    ['a Host with a space', ['GET / HTTP/1.1', 'Host: a b']],
    ['a Host with a path', ['GET / HTTP/1.1', 'Host: localhost/../evil']],
    ['a Host that is markup', ['GET / HTTP/1.1', 'Host: "><script>']],
    ['two lengths', ['POST /login HTTP/1.1', 'Host: a', 'Content-Length: 1', 'Content-Length: 2']],
    [
      'a length and chunks',
      ['POST /login HTTP/1.1', 'Host: a', 'Content-Length: 4', 'Transfer-Encoding: chunked'],
    ],
    [
      'a doubled coding',
      [
        'POST /login HTTP/1.1',
        'Host: a',
        'Transfer-Encoding: chunked',
        'Transfer-Encoding: identity',
      ],
    ],
    ['a hidden coding', ['POST /login HTTP/1.1', 'Host: a', 'Transfer-Encoding: xchunked']],
    ['a negative length', ['POST /login HTTP/1.1', 'Host: a', 'Content-Length: -1']],
    ['a folded header', ['GET / HTTP/1.1', 'Host: a', 'X: a', ' b']],
    ['a space before the colon', ['GET / HTTP/1.1', 'Host : a']],
    ['a NUL in a header', ['GET / HTTP/1.1', 'Host: a', 'X: a\0b']],
    ['a NUL in the path', ['GET /a\0b HTTP/1.1', 'Host: a']],
    ['bytes above ASCII in the path', ['GET /\u00e9\u00ff HTTP/1.1', 'Host: a']],
    ['a backslash path', ['GET /\\evil.example HTTP/1.1', 'Host: a']],
    ['an absolute address of another kind', ['GET ftp://evil.example/ HTTP/1.1', 'Host: a']],
    ['an absolute address that is none', ['GET http://[/ HTTP/1.1', 'Host: a']],
    ['an asterisk', ['OPTIONS * HTTP/1.1', 'Host: a']],
    ['an unknown method', ['TRACK / HTTP/1.1', 'Host: a']],
    ['another version', ['GET / HTTP/3.0', 'Host: a']],
    ['a bare carriage return', ['GET / HTTP/1.1\rHost: a', 'Host: b']],
    ['the greeting of HTTP/2', ['PRI * HTTP/2.0', '', 'SM']],
    ['20 KB of one header', ['GET / HTTP/1.1', 'Host: a', `X: ${'x'.repeat(20_000)}`]],
    [
      '5,000 headers',
      ['GET / HTTP/1.1', 'Host: a', ...Array.from({ length: 5_000 }, () => 'X: a')],
    ],
    [
      'an expectation',
      ['POST /login HTTP/1.1', 'Host: a', 'Expect: miracles', 'Content-Length: 0'],
    ],
  ]
  test('H-24 malformed HTTP/1.1 is refused with a bare answer, and the connection ends', async () => {
    for (const [what, lines] of refused) {
      const answer = await ask(...lines)
      assert.ok([400, 417, 431].includes(answer.status), `${what}: ${answer.status}`)
      assert.ok(answer.isClosed, what)
      assert.doesNotMatch(answer.head + answer.body, inside, what)
      assert.ok(answer.body.replace(/^0\r\n\r\n$/, '') === '', what)
    }
  })

  test('H-24 TLS, silence and noise do not stop the server', async () => {
    const noise = [
      Buffer.from('160301020001000100fc0303', 'hex'),
      Buffer.alloc(10_000),
      Buffer.from('\r\n\r\n\r\n'),
    ]
    for (const bytes of noise) {
      const { status } = await sendBytes(taskr.port, [bytes], 300)
      assert.ok(status === 400 || status === 0, String(status))
    }
    assert.equal((await ask('CONNECT evil.example:443 HTTP/1.1', 'Host: a')).status, 0)
    assert.equal((await ask('GET /healthz HTTP/1.1', 'Host: a')).status, 200)
  })

  test('RL-31 health checks need no Host, and nothing else works without one', async () => {
    for (const version of ['HTTP/1.0', 'HTTP/1.1']) {
      assert.equal((await ask(`GET /healthz ${version}`)).status, 200)
      assert.equal((await ask(`GET /readyz ${version}`)).status, 200)
      for (const path of ['/login', '/healthz/x', '//healthz']) {
        assert.equal((await ask(`GET ${path} ${version}`)).status, 400, path)
      }
    }
  })

  test('H-23 TRACE and other unusual methods change nothing and echo nothing', async () => {
    for (const method of ['TRACE', 'PROPFIND', 'PURGE', 'LINK']) {
      const answer = await ask(`${method} / HTTP/1.1`, 'Host: localhost', 'X-Canary: canary-4711')
      assert.ok(answer.status === 403 || answer.status === 405, method)
      assert.doesNotMatch(answer.head + answer.body, /canary-4711/)
      assert.match(answer.head, /content-security-policy/i)
    }
  })

  test('OA-15 the Host of a request is never trusted, in any form', async () => {
    const answer = await ask(
      'GET /connections HTTP/1.1',
      'Host: localhost',
      'X-Forwarded-Host: evil.example',
      'X-Forwarded-Proto: https',
    )
    assert.equal(answer.status, 303)
    assert.match(answer.head, /location: \/login\?reason=needed&returnTo=%2Fconnections\r?\n?/i)
    assert.doesNotMatch(answer.head + answer.body, /evil/)
  })

  test('OA-15 in development an unknown Host is refused: another site may point it here', async () => {
    for (const lines of [
      ['GET http://evil.example/connections HTTP/1.1', 'Host: evil.example'],
      ['GET /connections HTTP/1.1', 'Host: evil.example'],
      ['GET /connections HTTP/1.1', 'Host: localhost.evil.example'],
      ['POST /login HTTP/1.1', 'Host: evil.example', 'Content-Length: 0'],
      ['GET /connections HTTP/1.0', 'Host: evil.example:1'],
    ]) {
      const answer = await ask(...lines)
      assert.equal(answer.status, 421)
      assert.doesNotMatch(answer.head + answer.body, /evil/)
    }
  })

  test('a request to another name of this machine is redirected to Taskr’s own address', async () => {
    const answer = await ask('GET /login?returnTo=%2Fconnections HTTP/1.1', 'Host: 127.0.0.1:3050')
    assert.equal(answer.status, 307)
    assert.match(
      answer.head,
      /location: http:\/\/localhost:3050\/login\?returnTo=%2Fconnections\r?\n?/i,
    )
  })

  test('OA-15 a user and a password in a request’s address are refused and not logged', async () => {
    const callback = '/integrations/attio/callback?code=canary-code&state=canary-state'
    for (const lines of [
      [`GET http://canary:b@localhost:3050${callback} HTTP/1.1`, 'Host: localhost:3050'],
      [`GET http://canary@localhost:3050${callback} HTTP/1.1`, 'Host: localhost:3050'],
      [`GET http:/canary:b@localhost:3050${callback} HTTP/1.1`, 'Host: localhost:3050'],
      [`GET HTTPS://:@localhost:3050${callback} HTTP/1.1`, 'Host: localhost:3050'],
      [`GET ${callback} HTTP/1.1`, 'Host: canary:b@localhost:3050'],
    ]) {
      const answer = await ask(...lines)
      assert.equal(answer.status, 400, lines.join())
      assert.doesNotMatch(answer.head + answer.body, /canary/)
    }
    assert.doesNotMatch(taskr.logger.lines.join(''), /canary/)
  })

  test('H-24 a body that breaks off, is too long or has a wrong length is answered as the sender’s error', async () => {
    const post = [
      'POST /login HTTP/1.1',
      'Host: localhost',
      'Origin: http://localhost:3050',
      'Content-Type: application/x-www-form-urlencoded',
    ]
    const tooLong = await sendBytes(
      taskr.port,
      [
        [...post, 'Connection: close', 'Content-Length: 100000', '', 'a'.repeat(100_000)].join(
          '\r\n',
        ),
      ],
      5_000,
    )
    assert.equal(tooLong.status, 413)
    const chunks = 'ffff\r\n' + 'a'.repeat(0xffff) + '\r\n'
    const tooManyChunks = await sendBytes(
      taskr.port,
      [[...post, 'Transfer-Encoding: chunked', '', chunks + chunks].join('\r\n')],
      60_000,
    )
    assert.equal(tooManyChunks.status, 413)
    const badChunk = await sendBytes(
      taskr.port,
      [[...post, 'Transfer-Encoding: chunked', '', 'zz\r\n'].join('\r\n')],
      60_000,
    )
    assert.equal(badChunk.status, 400)
    await sendBytes(
      taskr.port,
      [[...post, 'Content-Length: 1000', '', 'username=a'].join('\r\n')],
      200,
    )
    const failed = taskr.logger.lines.filter((line) => line.includes('"web.failed"'))
    assert.deepEqual(failed, [])
  })

  test(`H-24 ${mutants} requests with bytes changed at random get no answer of 500 or above, and Taskr keeps running`, async () => {
    const bytes = createTestRandomBytes('mutants')
    const below = (count: number): number => Buffer.from(bytes(4)).readUInt32LE() % count
    const originals = [
      'GET /login?returnTo=%2Fconnections HTTP/1.1\r\nHost: localhost\r\nCookie: taskr_session=abc\r\nConnection: close\r\n\r\n',
      'POST /login HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost:3050\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 21\r\nConnection: close\r\n\r\nusername=a&password=b',
      'POST /signup HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: same-origin\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\na=b&c\r\n0\r\n\r\n',
    ]
    const mutate = (): Buffer => {
      const mutant = Buffer.from(originals[below(originals.length)] ?? '', 'latin1')
      for (let change = 0; change <= below(4); change++)
        mutant.writeUInt8(below(256), below(mutant.length))
      return below(5) === 0 ? mutant.subarray(0, below(mutant.length)) : mutant
    }
    for (let sent = 0; sent < mutants; sent += 20) {
      const batch = Array.from({ length: 20 }, mutate)
      const answers = await Promise.all(batch.map((mutant) => sendBytes(taskr.port, [mutant], 150)))
      for (const [at, { status, head, body }] of answers.entries()) {
        const told = `${status} for ${JSON.stringify(batch[at]?.toString('latin1'))}`
        assert.ok(status < 500, told)
        assert.doesNotMatch(head + body, inside, told)
      }
    }
    assert.equal((await ask('GET /healthz HTTP/1.1', 'Host: a')).status, 200)
    assert.deepEqual(
      taskr.logger.lines.filter((line) => line.includes('"web.failed"')),
      [],
    )
  })
})

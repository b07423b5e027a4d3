import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { inspect } from 'node:util'
import { gzipSync } from 'node:zlib'
import * as fc from 'fast-check'
import { refusal } from '../../testing/answers.ts'
import { scriptedFetch, type Step } from '../../testing/scripted-fetch.ts'
import { startServer } from '../../testing/server.ts'
import { requestAccessToken } from './token-request.ts'

const canarySecret = 'canary'.padEnd(64, 'f')
const canaryToken = 'canary'.padEnd(64, '0')
const request = {
  clientId: 'client',
  clientSecret: canarySecret,
  redirectUri: 'https://example.com/callback?x=1',
  code: 'the code+',
  codeVerifier: 'v'.repeat(43),
}

const exchangeWith = async (step: Step, options: object = {}) => {
  const { fetch, sent } = scriptedFetch(step)
  return { answer: await requestAccessToken({ ...request, fetch, ...options }), sent }
}
const grant = { access_token: canaryToken, token_type: 'Bearer' }

describe('the token request', () => {
  test('OA-06 a token request sends code, verifier, redirect URI and credentials once, in a form', async () => {
    const { answer, sent } = await exchangeWith(Response.json(grant))
    assert.deepEqual(answer, { kind: 'granted', accessToken: canaryToken })
    assert.equal(sent.length, 1)
    assert.equal(sent[0]?.url.href, 'https://app.attio.com/oauth/token')
    assert.equal(sent[0]?.method, 'POST')
    const type = sent[0]?.headers.get('content-type') ?? ''
    assert.match(type, /^application\/x-www-form-urlencoded/)
    assert.equal(sent[0]?.headers.get('authorization'), null)
    assert.deepEqual(Object.fromEntries(new URLSearchParams(sent[0]?.text)), {
      grant_type: 'authorization_code',
      client_id: 'client',
      client_secret: canarySecret,
      redirect_uri: 'https://example.com/callback?x=1',
      code: 'the code+',
      code_verifier: 'v'.repeat(43),
    })
  })

  test('H-45 the token address comes from the configuration, loopback over http included', async () => {
    const endpoints = { app: 'http://localhost:3060', api: 'http://localhost:3060' }
    const { sent } = await exchangeWith(Response.json(grant), { endpoints })
    assert.equal(sent[0]?.url.href, 'http://localhost:3060/oauth/token')
  })

  test('the token type may be in any case', async () => {
    const { answer } = await exchangeWith(Response.json({ ...grant, token_type: 'BEARER' }))
    assert.equal(answer.kind, 'granted')
  })

  test('an empty code is refused without a request', async () => {
    const { fetch, sent } = scriptedFetch(Response.json(grant))
    await assert.rejects(requestAccessToken({ ...request, fetch, code: '' }), TypeError)
    assert.equal(sent.length, 0)
  })
})

describe('a refused token request', () => {
  const bodies: [body: unknown, status: number, error: string][] = [
    [{ error: 'invalid_grant', error_description: 'used' }, 400, 'invalid_grant'],
    [{ error: 'invalid_client' }, 401, 'invalid_client'],
    [{ error: '<script>' }, 400, 'unrecognized'],
    [{ error: ['invalid_grant'] }, 400, 'unrecognized'],
    [{}, 403, 'unrecognized'],
    [[], 500, 'unrecognized'],
    [grant, 201, 'unrecognized'],
  ]
  for (const [body, status, error] of bodies) {
    test(`an answer of ${status} with ${JSON.stringify(body).slice(0, 40)} is ${error}`, async () => {
      const { answer } = await exchangeWith(Response.json(body, { status }))
      assert.deepEqual(answer, { kind: 'refused', status, error })
    })
  }

  test('a refusal in HTML, or with a challenge in a header, is still a refusal', async () => {
    const html = new Response('<h1>Bad gateway</h1>', { status: 502 })
    assert.deepEqual((await exchangeWith(html)).answer, {
      kind: 'refused',
      status: 502,
      error: 'unrecognized',
    })
    const headers = { 'www-authenticate': 'Basic realm="x"' }
    const challenge = Response.json({ error: 'invalid_client' }, { status: 401, headers })
    const { answer } = await exchangeWith(challenge)
    assert.deepEqual(answer, { kind: 'refused', status: 401, error: 'invalid_client' })
  })

  test('OA-19 a rate-limited token request reports its retry time and is not repeated', async () => {
    const now = () => Date.UTC(2026, 4, 15)
    const limited = refusal(429, { headers: { 'retry-after': '3' } })
    const { answer, sent } = await exchangeWith(limited, { now })
    assert.deepEqual(answer, {
      kind: 'refused',
      status: 429,
      error: 'unrecognized',
      retryAt: now() + 3_000,
    })
    assert.equal(sent.length, 1)
  })
})

describe('OA-16 H-48 an answer without a grant', () => {
  const strange: [name: string, body: string][] = [
    ['nothing', ''],
    ['an empty object', '{}'],
    ['a list', '[]'],
    ['null', 'null'],
    ['HTML', '<html>'],
    ['no type', JSON.stringify({ access_token: canaryToken })],
    ['another type', JSON.stringify({ ...grant, token_type: 'mac' })],
    ['a DPoP type', JSON.stringify({ ...grant, token_type: 'dpop' })],
    ['an empty token', JSON.stringify({ ...grant, access_token: '' })],
    ['a token that is a number', JSON.stringify({ ...grant, access_token: 7 })],
    ['a token in a list', JSON.stringify({ ...grant, access_token: [canaryToken] })],
    ['a token with a line break', JSON.stringify({ ...grant, access_token: 'a\r\nb' })],
    ['a token with a space', JSON.stringify({ ...grant, access_token: 'a b' })],
    ['an endless token', JSON.stringify({ ...grant, access_token: 'a'.repeat(3_000) })],
    ['an error in a 200', JSON.stringify({ error: 'invalid_grant' })],
    ['cut off', JSON.stringify(grant).slice(0, -5)],
  ]
  for (const [name, body] of strange) {
    test(`OA-16 ${name} is unreadable, and its text is dropped`, async () => {
      const headers = { 'content-type': 'application/json' }
      const { answer } = await exchangeWith(new Response(body, { headers }))
      assert.equal(answer.kind, 'unreadable')
      assert.doesNotMatch(inspect(answer, { depth: 9, showHidden: true }), /canary/)
    })
  }

  test('OA-16 no body gives an invalid grant, and none throws', async () => {
    const json = fc.jsonValue({ maxDepth: 3 })
    const nearly = fc.record({
      access_token: json,
      token_type: fc.oneof(json, fc.constant('bearer')),
    })
    const bodies = fc.oneof(
      fc.string(),
      fc.oneof(json, nearly).map((body) => JSON.stringify(body)),
    )
    await fc.assert(
      fc.asyncProperty(bodies, async (body) => {
        const { answer } = await exchangeWith(new Response(body))
        if (answer.kind === 'granted') assert.match(answer.accessToken, /^[\x21-\x7e]+$/)
        else assert.equal(answer.kind, 'unreadable')
      }),
      { numRuns: 2_000 },
    )
  })

  test('OA-16 no more than 64 KB is read, compressed or not', async () => {
    const large = JSON.stringify({ ...grant, padding: ' '.repeat(64 * 1024) })
    for (const encoding of ['identity', 'gzip']) {
      await using server = await startServer((_request, response) => {
        response.writeHead(200, { 'content-encoding': encoding })
        response.end(encoding === 'gzip' ? gzipSync(large) : large)
      })
      const answer = await requestAccessToken({ ...request, endpoints: server.endpoints })
      assert.ok(answer.kind === 'unreadable', inspect(answer))
      assert.ok(answer.cause.kind === 'too-large')
      assert.equal(answer.cause.maxBodyBytes, 65_536)
    }
  })
})

describe('a token request without an answer', () => {
  for (const status of [301, 302, 303, 307, 308]) {
    test(`OA-17 H-46 a ${status} is not followed, so the secret stays here`, async () => {
      await using elsewhere = await startServer((_request, response) => response.end('{}'))
      await using server = await startServer((_request, response) => {
        response.writeHead(status, { location: `${elsewhere.origin}/oauth/token` }).end()
      })
      const answer = await requestAccessToken({ ...request, endpoints: server.endpoints })
      assert.equal(answer.kind, 'unreachable')
      assert.equal(elsewhere.requests(), 0)
    })
  }

  test('OA-18 a server that hangs or drips is abandoned at the deadline', async () => {
    await using server = await startServer((_request, response) => {
      response.writeHead(200)
      const drip = setInterval(() => response.write(' '), 5)
      response.on('close', () => clearInterval(drip))
    })
    const answer = await requestAccessToken({
      ...request,
      endpoints: server.endpoints,
      deadlineMs: 60,
    })
    assert.ok(answer.kind === 'unreachable')
    assert.equal(answer.cause.name, 'AttioTimeoutError')
  })

  test('OA-19 a reset after sending is not followed by another request', async () => {
    await using server = await startServer((request) => request.socket.destroy())
    const answer = await requestAccessToken({ ...request, endpoints: server.endpoints })
    assert.ok(answer.kind === 'unreachable')
    assert.equal(answer.cause.name, 'AttioNetworkError')
    assert.equal(server.requests(), 1)
    assert.doesNotMatch(inspect(answer, { depth: 9, showHidden: true }), /canary/)
  })

  test("a signal that fires rejects with the signal's reason", async () => {
    const signal = AbortSignal.abort(new Error('stopping'))
    await assert.rejects(requestAccessToken({ ...request, signal }), { message: 'stopping' })
  })
})

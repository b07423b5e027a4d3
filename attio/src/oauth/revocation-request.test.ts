import assert from 'node:assert/strict'
import { test } from 'node:test'
import { inspect } from 'node:util'
import { refusal, wireIdentity } from '../../testing/answers.ts'
import { scriptedFetch, type Step } from '../../testing/scripted-fetch.ts'
import { startServer } from '../../testing/server.ts'
import { introspectAccessToken } from './introspection-request.ts'
import { revokeAccessToken } from './revocation-request.ts'

const accessToken = 'canary'.padEnd(64, '0')
const revokeWith = async (step: Step, options: object = {}) => {
  const { fetch, sent } = scriptedFetch(step)
  return { answer: await revokeAccessToken({ accessToken, fetch, ...options }), sent }
}
const introspectWith = (step: Step) =>
  introspectAccessToken({ accessToken, fetch: scriptedFetch(step).fetch })

test('H-51 a 204 means that the token is revoked', async () => {
  const { answer, sent } = await revokeWith(new Response(null, { status: 204 }))
  assert.deepEqual(answer, { kind: 'revoked', status: 204 })
  assert.equal(sent[0]?.url.href, 'https://app.attio.com/oauth/revoke')
  assert.equal(sent[0]?.method, 'POST')
  assert.equal(sent[0]?.headers.get('authorization'), `Bearer ${accessToken}`)
  assert.equal(sent[0]?.text, '')
})

for (const body of ['', '{}']) {
  test(`a 200 as in RFC 7009, with “${body}”, also means that the token is revoked`, async () => {
    const { answer } = await revokeWith(new Response(body))
    assert.deepEqual(answer, { kind: 'revoked', status: 200 })
  })
}

for (const body of ['<h1>Sign in</h1>', '[]', 'null', '{"status":"down"}', '{"error":"later"}']) {
  test(`a 200 with “${body}” does not prove a revocation`, async () => {
    assert.equal((await revokeWith(new Response(body))).answer.kind, 'unreadable')
  })
}

test('any other answer to a revocation is a refusal, with Attio’s retry time', async () => {
  const now = () => Date.UTC(2026, 4, 15)
  assert.deepEqual((await revokeWith(refusal(400))).answer, { kind: 'refused', status: 400 })
  assert.deepEqual((await revokeWith(new Response('', { status: 202 }))).answer, {
    kind: 'refused',
    status: 202,
  })
  const until = new Date(now() + 60_000).toUTCString()
  const limited = refusal(429, { headers: { 'retry-after': until } })
  assert.deepEqual((await revokeWith(limited, { now })).answer, {
    kind: 'refused',
    status: 429,
    retryAt: now() + 60_000,
  })
})

test('a revocation without an answer is unreachable, and the result does not hold the token', async () => {
  const { answer } = await revokeWith(new TypeError('fetch failed'))
  assert.ok(answer.kind === 'unreachable')
  assert.doesNotMatch(inspect(answer, { depth: 9, showHidden: true }), /canary/)
  await using server = await startServer(() => {})
  const hung = await revokeAccessToken({ accessToken, endpoints: server.endpoints, deadlineMs: 40 })
  assert.ok(hung.kind === 'unreachable')
  assert.equal(hung.cause.name, 'AttioTimeoutError')
})

test('introspection identifies an active and an inactive token', async () => {
  const alive = await introspectWith(Response.json(wireIdentity()))
  assert.ok(alive.kind === 'identified' && alive.identity.active)
  assert.equal(alive.identity.workspaceName, 'Acme')
  const dead = await introspectWith(Response.json({ active: false }))
  assert.deepEqual(dead, { kind: 'identified', identity: { active: false } })
})

test('introspection can be refused, unreadable or unreachable', async () => {
  assert.deepEqual(await introspectWith(refusal(400)), { kind: 'refused', status: 400 })
  assert.equal((await introspectWith(new Response('<html>'))).kind, 'unreadable')
  assert.equal((await introspectWith(new TypeError('fetch failed'))).kind, 'unreachable')
})

test('a token that cannot stand in a header is refused without being quoted', async () => {
  for (const call of [revokeAccessToken, introspectAccessToken]) {
    await assert.rejects(call({ accessToken: 'canary\n' }), (error) => {
      return error instanceof TypeError && !inspect(error).includes('canary')
    })
  }
})

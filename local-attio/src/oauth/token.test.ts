import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { z } from 'zod'
import { createTestAttio, grantCode, redirectUri, tokenForm } from '../for-tests.ts'
import { raceForCodes } from './race.ts'

const granted = z.strictObject({
  access_token: z.string().regex(/^[0-9a-f]{64}$/),
  token_type: z.literal('Bearer'),
})
const verifier = 'v'.repeat(43)
const challenge = createHash('sha256').update(verifier).digest('base64url')
const pkce = { code_challenge: challenge, code_challenge_method: 'S256' }

test('a code is exchanged for a 64-character token, and the answer holds nothing else', async () => {
  const attio = createTestAttio()
  const answer = await attio.post('/oauth/token', tokenForm(attio, grantCode(attio)))
  assert.equal(answer.status, 200)
  const { access_token: token } = answer.as(granted)
  const self = await attio.call('GET', '/v2/self', undefined, token)
  assert.equal(self.as(z.object({ workspace_slug: z.string() })).workspace_slug, 'acme')
})

test('AS-02 a code expires after ten minutes', async () => {
  for (const [ms, status] of [
    [10 * 60_000 - 1, 200],
    [10 * 60_000, 400],
  ] as const) {
    const attio = createTestAttio()
    const form = tokenForm(attio, grantCode(attio))
    await attio.control.clock.advance(ms)
    assert.equal((await attio.post('/oauth/token', form)).status, status)
  }
})

test('AS-02 the second use of a code is refused and revokes the token of the first', async () => {
  const attio = createTestAttio()
  const form = tokenForm(attio, grantCode(attio))
  const { access_token: token } = (await attio.post('/oauth/token', form)).as(granted)
  const again = await attio.post('/oauth/token', form)
  assert.equal(again.status, 400)
  assert.equal(again.as(z.object({ error: z.string() })).error, 'invalid_grant')
  const self = await attio.call('GET', '/v2/self', undefined, token)
  assert.deepEqual(self.body, { active: false })
})

test('AS-03 a code challenge needs its own code verifier, once', async () => {
  const attio = createTestAttio()
  const attempt = async (extra: Record<string, string>) => {
    const form = { ...tokenForm(attio, grantCode(attio, pkce)), ...extra }
    return (await attio.post('/oauth/token', form)).status
  }
  assert.equal(await attempt({ code_verifier: verifier }), 200)
  assert.equal(await attempt({ code_verifier: 'w'.repeat(43) }), 400)
  assert.equal(await attempt({ code_verifier: challenge }), 400)
  assert.equal(await attempt({}), 400)
})

test('AS-03 a verifier without a challenge is refused', async () => {
  const attio = createTestAttio()
  const form = { ...tokenForm(attio, grantCode(attio)), code_verifier: verifier }
  assert.equal((await attio.post('/oauth/token', form)).status, 400)
})

test('AS-05 duplicate parameters of a token request are refused', async () => {
  const attio = createTestAttio()
  const form = new URLSearchParams(tokenForm(attio, grantCode(attio)))
  form.append('client_id', attio.clientId)
  const answer = await attio.fetch(`${attio.origin}/oauth/token`, { method: 'POST', body: form })
  assert.equal(answer.status, 400)
})

test('AS-07 a client that does not authenticate gets 401 invalid_client', async () => {
  const attio = createTestAttio()
  const form = tokenForm(attio, grantCode(attio))
  for (const wrong of [
    { client_secret: 'f'.repeat(64) },
    { client_secret: '' },
    { client_id: '00000000-0000-4000-8000-000000000000' },
  ]) {
    const answer = await attio.post('/oauth/token', { ...form, ...wrong })
    assert.equal(answer.status, 401)
    assert.equal(answer.as(z.object({ error: z.string() })).error, 'invalid_client')
  }
  assert.equal((await attio.post('/oauth/token', form)).status, 200)
})

test('AS-08 a code is bound to its client', async () => {
  const attio = createTestAttio()
  const other = attio.registerApp({ name: 'Other', redirectUris: [redirectUri], scopes: [] })
  const form = tokenForm(attio, grantCode(attio))
  const foreign = { ...form, client_id: other.clientId, client_secret: other.clientSecret }
  assert.equal((await attio.post('/oauth/token', foreign)).status, 400)
  assert.equal((await attio.post('/oauth/token', form)).status, 200)
})

test('AS-08 a code is bound to its redirect URI, which may be left out', async () => {
  const attio = createTestAttio()
  const { redirect_uri: _, ...without } = tokenForm(attio, grantCode(attio))
  assert.equal((await attio.post('/oauth/token', without)).status, 200)
  const other = { ...tokenForm(attio, grantCode(attio)), redirect_uri: `${redirectUri}/` }
  assert.equal((await attio.post('/oauth/token', other)).status, 400)
})

test('AS-09 answers with tokens are not cached', async () => {
  const attio = createTestAttio()
  const answer = await attio.post('/oauth/token', tokenForm(attio, grantCode(attio)))
  assert.equal(answer.headers.get('cache-control'), 'no-store')
})

test('AS-12 one of twenty parallel exchanges of a code succeeds', async () => {
  const successes = await raceForCodes(50, 20)
  assert.deepEqual(new Set(successes), new Set([1]))
})

test('only the authorization code grant exists, and only as a form', async () => {
  const attio = createTestAttio()
  const form = tokenForm(attio, grantCode(attio))
  const password = await attio.post('/oauth/token', { ...form, grant_type: 'password' })
  assert.equal(password.as(z.object({ error: z.string() })).error, 'unsupported_grant_type')
  const json = await attio.call('POST', '/oauth/token', form)
  assert.equal(json.status, 400)
})

test('Basic authentication is refused with an explanation', async () => {
  const attio = createTestAttio()
  const {
    client_id: id = '',
    client_secret: secret = '',
    ...form
  } = tokenForm(attio, grantCode(attio))
  const authorization = `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`
  const response = await attio.fetch(`${attio.origin}/oauth/token`, {
    method: 'POST',
    headers: { authorization },
    body: new URLSearchParams(form),
  })
  assert.equal(response.status, 401)
  const { error, error_description } = z
    .object({ error: z.string(), error_description: z.string() })
    .parse(await response.json())
  assert.equal(error, 'invalid_client')
  assert.match(error_description, /client_id and client_secret as form fields/)
})

import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { anyCharacter } from '../../../testing/any-character.ts'
import { createAuthorizationRequest } from './authorization-request.ts'

const clientId = 'a0b1c2d3-0000-4000-8000-000000000002'
const redirectUri = 'http://localhost:3050/integrations/attio/callback'

test('the address is Attio’s authorize page with the documented parameters and PKCE', async () => {
  const { url, state, codeVerifier } = await createAuthorizationRequest({ clientId, redirectUri })
  assert.equal(url.origin + url.pathname, 'https://app.attio.com/authorize')
  assert.deepEqual(Object.fromEntries(url.searchParams), {
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    state,
    code_challenge: createHash('sha256').update(codeVerifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
})

test('OA-02 OA-06 state, verifier and challenge differ in every flow, with 256 bits each', async () => {
  const seen = new Set<string | null>()
  for (let flow = 0; flow < 1_000; flow += 1) {
    const request = await createAuthorizationRequest({ clientId, redirectUri })
    assert.equal(Buffer.from(request.state, 'base64url').length, 32)
    assert.equal(Buffer.from(request.codeVerifier, 'base64url').length, 32)
    seen.add(request.state).add(request.codeVerifier)
    seen.add(request.url.searchParams.get('code_challenge'))
  }
  assert.equal(seen.size, 3_000)
})

test('H-40 every parameter arrives unchanged, with any characters', async () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1 })
  const ofPaths = fc.constantFrom(..."azAZ09-._~!$&'()*+,;=:@".split(''))
  const segment = fc.string({ unit: fc.oneof(ofPaths, anyCharacter.map(encodeURIComponent)) })
  const path = fc
    .array(segment.map((text) => `/${text}`))
    .map((segments) => `https://example.com${segments.join('')}?a=b&c=%26#`)
  await fc.assert(
    fc.asyncProperty(text, text, path, async (clientId, state, redirectUri) => {
      const { url } = await createAuthorizationRequest({ clientId, state, redirectUri })
      const parameters = new URL(url.href).searchParams
      assert.deepEqual(parameters.getAll('client_id'), [clientId])
      assert.deepEqual(parameters.getAll('state'), [state])
      assert.deepEqual(parameters.getAll('redirect_uri'), [redirectUri])
    }),
  )
})

test('another Attio and further parameters can be configured', async () => {
  const endpoints = { app: 'http://localhost:3060', api: 'http://localhost:3060' }
  const extra = { workspace: 'acme' }
  const { url } = await createAuthorizationRequest({ endpoints, clientId, redirectUri, extra })
  assert.equal(url.origin, 'http://localhost:3060')
  assert.equal(url.searchParams.get('workspace'), 'acme')
})

test('H-03 unusable options are refused before the person is redirected', async () => {
  const good = { clientId, redirectUri }
  const bad = [
    { ...good, clientId: '' },
    { ...good, redirectUri: '/callback' },
    { ...good, state: '' },
    { ...good, extra: { state: 'mine' } },
    { ...good, extra: { code_challenge_method: 'plain' } },
    { ...good, endpoints: { app: 'http://app.attio.com', api: 'https://api.attio.com' } },
  ]
  for (const options of bad) await assert.rejects(createAuthorizationRequest(options), TypeError)
})

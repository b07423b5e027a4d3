// Runs the whole OAuth flow with a certified client from npm.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as client from 'openid-client'
import { asTestAttio, authorizeUrl, redirectUri, type TestAttio } from '../for-tests.ts'
import { standard } from '../seed/standard.ts'
import { startLocalAttio } from '../start.ts'

async function withAttio(work: (attio: TestAttio) => Promise<void>): Promise<void> {
  const attio = await startLocalAttio({ port: 0 })
  try {
    await work(asTestAttio(attio))
  } finally {
    await attio.stop()
  }
}

function configure(attio: TestAttio): client.Configuration {
  const server = {
    issuer: attio.origin,
    authorization_endpoint: `${attio.origin}/authorize`,
    token_endpoint: `${attio.origin}/oauth/token`,
    introspection_endpoint: `${attio.origin}/oauth/introspect`,
  }
  const authentication = client.ClientSecretPost(attio.clientSecret)
  const config = new client.Configuration(server, attio.clientId, {}, authentication)
  // oxlint-disable-next-line typescript/no-deprecated -- its way to make plain http stand out
  client.allowInsecureRequests(config)
  return config
}

function allow(attio: TestAttio, url: URL): URL {
  const person = standard.people.ada.emailAddress
  return attio.control.consent({ url, person, workspace: 'acme' })
}

test('openid-client completes the flow with PKCE', async () => {
  await withAttio(async (attio) => {
    const config = configure(attio)
    const pkceCodeVerifier = client.randomPKCECodeVerifier()
    const expectedState = client.randomState()
    const url = client.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      state: expectedState,
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    })
    const tokens = await client.authorizationCodeGrant(config, allow(attio, url), {
      pkceCodeVerifier,
      expectedState,
    })
    assert.match(tokens.access_token, /^[0-9a-f]{64}$/)
    assert.equal(tokens.expires_in, undefined)
    assert.equal(tokens.refresh_token, undefined)
    const introspected = await client.tokenIntrospection(config, tokens.access_token)
    assert.equal(introspected.active, true)
  })
})

test('openid-client completes the flow without PKCE', async () => {
  await withAttio(async (attio) => {
    const config = configure(attio)
    const url = client.buildAuthorizationUrl(config, { redirect_uri: redirectUri, state: 's' })
    const tokens = await client.authorizationCodeGrant(config, allow(attio, url), {
      expectedState: 's',
    })
    assert.match(tokens.access_token, /^[0-9a-f]{64}$/)
  })
})

test('openid-client reports a denial and a reused code', async () => {
  await withAttio(async (attio) => {
    const config = configure(attio)
    const person = standard.people.ada.emailAddress
    const url = authorizeUrl(attio)
    const denied = attio.control.consent({ url, person, workspace: 'acme', decision: 'deny' })
    const grant = (answer: URL) =>
      client.authorizationCodeGrant(config, answer, { expectedState: 'state-1' })
    await assert.rejects(grant(denied), { error: 'access_denied' })
    const allowed = allow(attio, url)
    await grant(allowed)
    await assert.rejects(grant(allowed), { error: 'invalid_grant', status: 400 })
  })
})

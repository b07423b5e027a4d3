import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authorizeUrl, createTestAttio, redirectUri, type TestAttio } from '../for-tests.ts'
import { standard } from '../seed/standard.ts'

const { ada, ben, cleo } = standard.people
const acme = standard.workspaces.acme.id

/** A browser: keeps the cookie, posts forms, and does not follow redirects. */
function createBrowser(attio: TestAttio) {
  let cookie = ''
  const send = async (url: string | URL, init: RequestInit = {}): Promise<Response> => {
    const headers = new Headers(init.headers)
    headers.set('cookie', cookie)
    const response = await attio.fetch(new URL(url, attio.origin), { ...init, headers })
    cookie = response.headers.get('set-cookie')?.split(';', 1)[0] ?? cookie
    return response
  }
  return {
    get: (url: string | URL) => send(url),
    post: (url: string | URL, form: Record<string, string>, site = 'same-origin') =>
      send(url, {
        method: 'POST',
        headers: { 'sec-fetch-site': site },
        body: new URLSearchParams(form),
      }),
  }
}

async function signedIn(attio: TestAttio, person: { id: string }) {
  const browser = createBrowser(attio)
  await browser.post('/sign-in', { person: person.id })
  return browser
}

test('an admin signs in, sees the app and its scopes, allows it, and returns with a code', async () => {
  const attio = createTestAttio()
  attio.control.setAppScopes(attio.clientId, ['task:read-write', 'user_management:read'])
  const browser = createBrowser(attio)
  const url = authorizeUrl(attio)
  const first = await browser.get(url)
  assert.equal(first.status, 303)
  const signIn = first.headers.get('location') ?? ''
  assert.match(await (await browser.get(signIn)).text(), /ada@acme\.example/)
  const back = await browser.post('/sign-in', {
    person: ada.id,
    return_to: `${url.pathname}${url.search}`,
  })
  assert.equal(back.headers.get('location'), `${url.pathname}${url.search}`)
  const page = await (await browser.get(url)).text()
  assert.match(page, /Taskr wants to access a workspace/)
  assert.match(page, /Tasks<span>read and write<\/span>/)
  assert.match(page, /User management<span>read<\/span>/)
  assert.match(page, /Acme Robotics/)
  assert.match(page, /Local Attio: not attio\.com/)
  const allowed = await browser.post(url, { workspace: acme, decision: 'allow' })
  const target = new URL(allowed.headers.get('location') ?? '')
  assert.equal(`${target.origin}${target.pathname}`, redirectUri)
  assert.match(target.searchParams.get('code') ?? '', /^[0-9a-f]{64}$/)
  assert.equal(target.searchParams.get('state'), 'state-1')
})

test('a denial returns access_denied and the state, and grants nothing', async () => {
  const attio = createTestAttio()
  const browser = await signedIn(attio, ada)
  const denied = await browser.post(authorizeUrl(attio), { workspace: acme, decision: 'deny' })
  const target = new URL(denied.headers.get('location') ?? '')
  assert.equal(target.searchParams.get('error'), 'access_denied')
  assert.equal(target.searchParams.get('state'), 'state-1')
  assert.equal(target.searchParams.has('code'), false)
  assert.equal(attio.control.world.authorizationCodes.size, 0)
})

test('AS-01 the redirect URI must exactly match a registered one', async () => {
  const attio = createTestAttio()
  const browser = await signedIn(attio, ada)
  const wrong = [
    `${redirectUri}/`,
    `${redirectUri}?a=1`,
    `${redirectUri}#`,
    redirectUri.replace('localhost', 'LOCALHOST'),
    redirectUri.replace('3050', '3051'),
    redirectUri.replace('http:', 'https:'),
    'https://evil.example/',
    '',
  ]
  for (const address of wrong) {
    const answer = await browser.get(authorizeUrl(attio, { redirect_uri: address }))
    assert.equal(answer.status, 400, address)
    assert.match(await answer.text(), /Redirect URI not registered/)
  }
})

test('AS-06 an unknown app or address gets an error page, for POST too, and never a redirect', async () => {
  const attio = createTestAttio()
  const browser = await signedIn(attio, ada)
  for (const extra of [{ client_id: 'nobody' }, { redirect_uri: 'https://evil.example/' }]) {
    const url = authorizeUrl(attio, extra)
    const form = { workspace: acme, decision: 'allow' }
    for (const answer of [await browser.get(url), await browser.post(url, form)]) {
      assert.equal(answer.status, 400)
      assert.equal(answer.headers.get('location'), null)
    }
  }
})

test('AS-04 PKCE accepts only S256', async () => {
  const attio = createTestAttio()
  const browser = await signedIn(attio, ada)
  const challenge = 'c'.repeat(43)
  for (const extra of [
    { code_challenge: challenge, code_challenge_method: 'plain' },
    { code_challenge: challenge },
    { code_challenge: 'short', code_challenge_method: 'S256' },
    { code_challenge_method: 'S256' },
  ]) {
    const answer = await browser.get(authorizeUrl(attio, extra))
    const target = new URL(answer.headers.get('location') ?? '')
    assert.equal(target.searchParams.get('error'), 'invalid_request')
  }
})

test('AS-05 duplicate parameters are refused', async () => {
  const attio = createTestAttio()
  const browser = await signedIn(attio, ada)
  const doubled = (name: string) => {
    const url = authorizeUrl(attio)
    url.searchParams.append(name, url.searchParams.get(name) ?? '')
    return url
  }
  for (const name of ['client_id', 'redirect_uri']) {
    assert.equal((await browser.get(doubled(name))).status, 400)
  }
  for (const name of ['response_type', 'state']) {
    const answer = await browser.get(doubled(name))
    assert.match(answer.headers.get('location') ?? '', /error=invalid_request/)
  }
})

test('the response type must be code', async () => {
  const attio = createTestAttio()
  const browser = await signedIn(attio, ada)
  const answer = await browser.get(authorizeUrl(attio, { response_type: 'token' }))
  assert.match(answer.headers.get('location') ?? '', /error=unsupported_response_type/)
})

test('AS-10 the answer to the consent form is a 303', async () => {
  const attio = createTestAttio()
  const browser = await signedIn(attio, ada)
  for (const decision of ['allow', 'deny']) {
    const answer = await browser.post(authorizeUrl(attio), { workspace: acme, decision })
    assert.equal(answer.status, 303)
  }
})

test('AS-11 the consent page cannot be framed and its form leads only to the app', async () => {
  const attio = createTestAttio()
  const browser = await signedIn(attio, ada)
  const { headers } = await browser.get(authorizeUrl(attio))
  const policy = headers.get('content-security-policy') ?? ''
  assert.match(policy, /default-src 'none'/)
  assert.match(policy, /frame-ancestors 'none'/)
  assert.match(policy, /form-action 'self' http:\/\/localhost:3050(;|$)/)
  assert.equal(headers.get('x-frame-options'), 'DENY')
})

test('AS-13 the state comes back byte for byte', async () => {
  const attio = createTestAttio()
  const browser = await signedIn(attio, ada)
  for (const raw of ['a%FFb', 'x+y%20z', '%F0%9F%8C%BB', 'a%26b%3Dc%23d', '~.-_!*()']) {
    const url = authorizeUrl(attio)
    url.searchParams.delete('state')
    const address = `${url.href}&state=${raw}`
    for (const decision of ['allow', 'deny']) {
      const answer = await browser.post(address, { workspace: acme, decision })
      assert.ok(answer.headers.get('location')?.endsWith(`&state=${raw}`), raw)
    }
  }
})

test('a member without admin rights is told that the integration is not available', async () => {
  const attio = createTestAttio()
  for (const person of [ben, cleo]) {
    const browser = await signedIn(attio, person)
    const answer = await browser.get(authorizeUrl(attio))
    assert.equal(answer.status, 403)
    assert.match(await answer.text(), /Integration Not Available in this Workspace/)
  }
})

test('an unpublished app can be in at most 25 workspaces', async () => {
  const attio = createTestAttio()
  const { world } = attio.control
  world.transact(() => {
    for (let number = 1; number < 25; number += 1) {
      const id = `installation-${number}`
      world.installations.put({ id, appId: attio.clientId, workspaceId: id, createdAt: 0 })
    }
  })
  const browser = await signedIn(attio, ada)
  const allow = async (workspace: string) =>
    (await browser.post(authorizeUrl(attio), { workspace, decision: 'allow' })).status
  assert.equal(await allow(standard.workspaces.globex.id), 403)
  assert.equal(await allow(acme), 303)
})

test('the chosen workspace must be one of the person’s own', async () => {
  const attio = createTestAttio()
  const browser = await signedIn(attio, standard.people.edith)
  const answer = await browser.post(authorizeUrl(attio), { workspace: acme, decision: 'allow' })
  assert.equal(answer.status, 400)
})

test('forms from other sites change nothing', async () => {
  const attio = createTestAttio()
  const browser = await signedIn(attio, ada)
  const form = { workspace: acme, decision: 'allow' }
  for (const site of ['cross-site', 'same-site', 'none']) {
    assert.equal((await browser.post(authorizeUrl(attio), form, site)).status, 403)
  }
  assert.equal((await browser.post('/sign-out', {}, 'cross-site')).status, 403)
})

test('a page escapes text that people typed', async () => {
  const attio = createTestAttio()
  const name = '"><script>alert(1)</script>'
  const { clientId } = attio.registerApp({ name, redirectUris: [redirectUri], scopes: [] })
  const browser = await signedIn(attio, ada)
  const page = await (await browser.get(authorizeUrl(attio, { client_id: clientId }))).text()
  assert.doesNotMatch(page, /<script>/)
})

test('signing in redirects only to an address of this server', async () => {
  const attio = createTestAttio()
  const browser = createBrowser(attio)
  for (const address of [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/.//evil.example',
  ]) {
    const answer = await browser.post('/sign-in', { person: ada.id, return_to: address })
    assert.equal(answer.headers.get('location'), '/', address)
  }
})

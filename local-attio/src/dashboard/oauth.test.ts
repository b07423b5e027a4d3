import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { z } from 'zod'
import { allScopes, scopeGroups } from '../api/access/scopes.ts'
import { redirectUri, type TestAttio } from '../for-tests.ts'
import { standard } from '../seed/standard.ts'
import type { App } from '../world/access.ts'
import { withApp } from './for-tests/with-app.ts'

test('an app whose OAuth is off cannot be authorized', async () => {
  const { attio, visitor, app } = await withApp('Switch')
  await visitor.follow('OAuth')
  assert.match(visitor.page.text, /OAuth 2\.0 Off/)
  assert.ok(!visitor.page.html.includes(app().clientSecret))
  await visitor.press('Enable OAuth 2.0')
  await visitor.press('Add redirect URI', { 'New redirect URI': redirectUri })
  assert.match(codeFor(attio, app()), /^[0-9a-f]{64}$/)
  await visitor.press('Disable OAuth 2.0')
  assert.match(visitor.page.text, /The app can no longer be authorized\./)
  assert.throws(() => codeFor(attio, app()), /OAuth is off/)
})

test('rotating a client secret ends the old one', async () => {
  const { attio, visitor, app } = await withApp('Rotation')
  await visitor.follow('OAuth')
  await visitor.press('Enable OAuth 2.0')
  await visitor.press('Add redirect URI', { 'New redirect URI': redirectUri })
  const old = app().clientSecret
  await visitor.press('Yes, make a new secret')
  assert.notEqual(app().clientSecret, old)
  assert.ok(visitor.page.html.includes(app().clientSecret) && !visitor.page.html.includes(old))
  const exchange = (clientSecret: string) =>
    attio.post('/oauth/token', {
      grant_type: 'authorization_code',
      client_id: app().id,
      client_secret: clientSecret,
      redirect_uri: redirectUri,
      code: codeFor(attio, app()),
    })
  assert.equal((await exchange(old)).status, 401)
  assert.equal((await exchange(app().clientSecret)).status, 200)
})

suite('redirect URIs', () => {
  const taken = [
    'https://my-app.com/integrations/attio/callback',
    'http://localhost:3050/integrations/attio/callback',
    'http://127.0.0.1:8080/cb?from=attio',
    'http://[::1]:3000/',
    'http://taskr.localhost/cb',
    'HTTPS://My-App.com/Callback',
  ]
  const refused: readonly (readonly [address: string, words: RegExp])[] = [
    ['', /Enter an address\./],
    ['localhost:3050/callback', /Enter a whole address/],
    ['/callback', /Enter a whole address/],
    ['ftp://my-app.com/', /Enter a whole address/],
    ['javascript:alert(1)', /Enter a whole address/],
    ['my-app://callback', /Enter a whole address/],
    ['https:my-app.com', /Enter a whole address/],
    ['https://', /Enter a whole address/],
    ['https://my app.com/', /Enter a whole address/],
    ['http://my-app.com/callback', /Use https/],
    ['http://localhost.evil.example/', /Use https/],
    ['http://127.0.0.1.evil.example/', /Use https/],
    ['https://my-app.com/#top', /no part after “#”/],
    ['https://my-app.com/#', /no part after “#”/],
    ['https://me:secret@my-app.com/', /Leave the user name and password out/],
    ['https://*.my-app.com/', /Write every address out/],
    [`https://my-app.com/${'x'.repeat(2000)}`, /Keep it to 2000 characters/],
    [redirectUri, /registered already/],
  ]

  test('redirect URIs are stored as typed and removed one by one', async () => {
    const { visitor, app } = await withApp('Addresses')
    await visitor.follow('OAuth')
    await visitor.press('Enable OAuth 2.0')
    for (const address of taken) {
      await visitor.press('Add redirect URI', { 'New redirect URI': ` ${address} ` })
    }
    assert.deepEqual(app().redirectUris, taken)
    for (const address of taken) await visitor.press(`Remove ${address}`)
    assert.deepEqual(app().redirectUris, [])
    assert.match(visitor.page.text, /The app needs one to be authorized/)
  })

  test('a redirect URI that no browser can follow is refused with a reason', async () => {
    const { visitor, app } = await withApp('Addresses')
    await visitor.follow('OAuth')
    await visitor.press('Enable OAuth 2.0')
    await visitor.press('Add redirect URI', { 'New redirect URI': redirectUri })
    for (const [address, words] of refused) {
      const page = await visitor.press('Add redirect URI', { 'New redirect URI': address })
      assert.equal(page.status, 400, address)
      assert.match(page.text, words, address)
      const kept = page.forms
        .flatMap(({ controls }) => controls)
        .find(({ label }) => label === 'New redirect URI')
      assert.equal(kept?.value, address)
    }
    assert.deepEqual(app().redirectUris, [redirectUri])
  })
})

suite('scopes', () => {
  test('each scope group is set to none, read, or read and write', async () => {
    const { visitor, app } = await withApp('Grants')
    await visitor.follow('Scopes')
    const all = (choice: string) =>
      Object.fromEntries(
        Object.entries(scopeGroups).map(([group, label]) => [`${label} ${group}`, choice]),
      )
    await visitor.press('Save changes', all('Read and write'))
    assert.deepEqual(
      app().scopes,
      allScopes.filter((scope) => scope.endsWith(':read-write')),
    )
    await visitor.press('Save changes', all('Read'))
    assert.deepEqual(
      app().scopes,
      allScopes.filter((scope) => scope.endsWith(':read')),
    )
    await visitor.press('Save changes', { ...all('None'), 'Tasks task': 'Read' })
    assert.deepEqual(app().scopes, ['task:read'])
    await visitor.press('Save changes')
    assert.deepEqual(app().scopes, ['task:read'])
  })

  test('an unknown scope level is refused, and nothing is saved', async () => {
    const { visitor, app, appId } = await withApp('Grants')
    const page = await visitor.post(`/developers/apps/${appId}/scopes`, { task: 'admin' })
    assert.equal(page.status, 400)
    assert.match(page.text, /Nothing was saved/)
    assert.deepEqual(app().scopes, [])
  })

  test('changed scopes apply to the next grant, and to no existing token', async () => {
    const { attio, visitor, app } = await withApp('Grants')
    await visitor.follow('Scopes')
    await visitor.press('Save changes', { 'Tasks task': 'Read' })
    const grant = { clientId: app().id, workspace: 'acme', memberEmail: 'ada@acme.example' }
    const token = attio.issueAccessToken(grant)
    await visitor.press('Save changes', { 'Tasks task': 'Read and write' })
    const scopeOf = async (bearer: string) => {
      const answer = await attio.call('GET', '/v2/self', undefined, bearer)
      return answer.as(z.object({ scope: z.string() })).scope
    }
    assert.equal(await scopeOf(token), 'task:read')
    assert.equal(await scopeOf(attio.issueAccessToken(grant)), 'task:read-write')
  })
})

function codeFor(attio: TestAttio, app: App): string {
  const url = new URL('/authorize', attio.origin)
  url.search = new URLSearchParams({
    client_id: app.id,
    response_type: 'code',
    redirect_uri: redirectUri,
  }).toString()
  const person = standard.people.ada.emailAddress
  const sentTo = attio.control.consent({ url, person, workspace: 'acme' })
  return sentTo.searchParams.get('code') ?? ''
}

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestAttio, redirectUri } from '../for-tests.ts'
import { createVisitor } from '../pages/for-tests/visitor.ts'
import { standard } from '../seed/standard.ts'
import { withApp } from './for-tests/with-app.ts'

const { ben, edith } = standard.people

test('a page of the dashboard asks to sign in first, and then returns to itself', async () => {
  const attio = createTestAttio()
  const visitor = createVisitor(attio)
  const address = `/developers/apps/${attio.clientId}/scopes`
  await visitor.open(address)
  assert.match(visitor.page.address, /^\/sign-in\?return_to=/)
  await visitor.press('Ben Okafor ben@acme.example Member of Acme Robotics')
  assert.equal(visitor.page.address, address)
  assert.equal(visitor.page.status, 200)
})

test('8.2.2 only an app’s creator sees and changes it', async () => {
  const { attio, visitor, appId } = await withApp('Secret plans')
  const stranger = createVisitor(attio)
  await stranger.signIn(edith)
  const here = `/developers/apps/${appId}`
  const before = attio.control.world.apps.get(appId)
  for (const part of ['', '/oauth', '/scopes', '/webhooks', '/sharing']) {
    assert.equal((await visitor.open(`${here}${part}`)).status, 200, part)
    const { status, text } = await stranger.open(`${here}${part}`)
    assert.equal(status, 404, part)
    assert.doesNotMatch(text, /Secret plans/)
  }
  for (const part of [
    'name',
    'oauth',
    'secret',
    'redirect-uris',
    'redirect-uris/removal',
    'scopes',
    'publication',
    'deletion',
    'webhooks',
    'webhooks/x/deletion',
    'webhooks/x/test-event',
  ]) {
    const form = { name: 'Mine', enabled: 'yes', address: redirectUri, published: 'yes' }
    assert.equal((await stranger.post(`${here}/${part}`, form)).status, 404, part)
  }
  assert.deepEqual(attio.control.world.apps.get(appId), before)
  for (const page of ['/', '/developers', '/workspaces/globex/tasks']) {
    assert.doesNotMatch((await stranger.open(page)).html, /Secret plans/, page)
  }
})

test('every signed-in person sees an app that a program registered, marked as such', async () => {
  const attio = createTestAttio()
  const visitor = createVisitor(attio)
  await visitor.signIn(ben)
  await visitor.open('/developers')
  await visitor.follow('Taskr OAuth is on, 19 scopes')
  assert.match(visitor.page.text, /Taskr In development Registered by a program/)
  await visitor.follow('OAuth')
  await visitor.press('Add redirect URI', { 'New redirect URI': 'https://taskr.example/callback' })
  assert.deepEqual(attio.control.world.apps.get(attio.clientId)?.redirectUris, [
    redirectUri,
    'https://taskr.example/callback',
  ])
})

test('a person has one developer account, and cannot create an app without one', async () => {
  const attio = createTestAttio()
  const visitor = createVisitor(attio)
  await visitor.signIn(ben)
  assert.equal((await visitor.open('/developers/new-app')).address, '/developers')
  await visitor.post('/developers/new-app', { name: 'Too early' })
  assert.equal(
    attio.control.world.apps.find((app) => app.name === 'Too early'),
    undefined,
  )
  await visitor.press('Create developer account', { 'Company name': ' Initech \t Ltd ' })
  await visitor.post('/developers/account', { name: 'Another' })
  assert.deepEqual(
    attio.control.world.developerAccounts.all().map(({ name, personId }) => [name, personId]),
    [['Initech Ltd', ben.id]],
  )
})

test('a form without a session redirects to the sign-in page and changes nothing', async () => {
  const attio = createTestAttio()
  const stranger = createVisitor(attio)
  const { address } = await stranger.post(`/developers/apps/${attio.clientId}/deletion`)
  assert.match(address, /^\/sign-in\?return_to=%2Fdevelopers$/)
  assert.ok(attio.control.world.apps.get(attio.clientId))
})

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { authorizeUrl, createTestAttio } from '../for-tests.ts'
import { createVisitor } from '../pages/for-tests/visitor.ts'
import { standard } from '../seed/standard.ts'
import { withApp } from './for-tests/with-app.ts'

test('a new app has OAuth off, no scopes and no redirect URIs, and is unpublished', async () => {
  const { app, visitor } = await withApp('Fresh')
  assert.match(visitor.page.text, /App created\. Next: enable OAuth\./)
  const { isOauthEnabled, scopes, redirectUris, isPublished, slug, clientSecret } = app()
  assert.deepEqual(
    { isOauthEnabled, scopes, redirectUris, isPublished, slug },
    { isOauthEnabled: false, scopes: [], redirectUris: [], isPublished: false, slug: 'fresh' },
  )
  assert.match(clientSecret, /^[0-9a-f]{64}$/)
})

suite('the name of an app', () => {
  const refusals = [
    ['', 'Give it a name.'],
    ['   ', 'Give it a name.'],
    ['x'.repeat(65), 'Keep it to 64 characters; this has 65.'],
    ['TASKR', 'Another app has this name. Choose another.'],
    [' taskr ', 'Another app has this name. Choose another.'],
  ] as const

  for (const [name, words] of refusals) {
    test(`the app name "${name.slice(0, 10)}" is refused with a reason, and the input is kept`, async () => {
      const { attio, visitor, app } = await withApp('Mine')
      const apps = attio.control.world.apps.size
      await visitor.open('/developers/new-app')
      for (const button of ['Create app', 'Save name']) {
        if (button === 'Save name') await visitor.open(`/developers/apps/${app().id}`)
        const { status, text, html } = await visitor.press(button, { 'App name': name })
        assert.equal(status, 400)
        assert.ok(text.includes(words), text)
        assert.ok(html.includes(`value="${name.trim()}"`))
      }
      assert.equal(attio.control.world.apps.size, apps)
      assert.equal(app().name, 'Mine')
    })
  }

  test('an app’s name can be changed, even only in its case', async () => {
    const { visitor, app } = await withApp('Mine')
    assert.match((await visitor.press('Save name', { 'App name': 'MINE' })).text, /Name saved\./)
    assert.equal(app().name, 'MINE')
  })

  test('every app name gives a unique slug', async () => {
    const { attio, visitor } = await withApp('A b')
    for (const name of ['A-b', '日本', '📎']) {
      await visitor.open('/developers/new-app')
      await visitor.press('Create app', { 'App name': name })
    }
    assert.deepEqual(
      attio.control.world.apps.all().map((app) => app.slug),
      ['taskr', 'a-b', 'a-b-2', 'app', 'app-2'],
    )
  })
})

test('an app is published and unpublished, and its name cannot contain Attio’s', async () => {
  const { visitor, app } = await withApp('Best of Attio')
  const refused = await visitor.press('Publish app')
  assert.equal(refused.status, 400)
  assert.match(refused.text, /must not contain “Attio”/)
  assert.equal(app().isPublished, false)
  await visitor.follow('App information')
  await visitor.press('Save name', { 'App name': 'Best' })
  assert.match((await visitor.press('Publish app')).text, /The app is published\./)
  assert.equal(app().isPublished, true)
  await visitor.press('Unpublish app')
  assert.equal(app().isPublished, false)
})

test('deleting an app deletes its tokens, installations and webhooks', async () => {
  const attio = createTestAttio()
  const { world } = attio.control
  const url = authorizeUrl(attio)
  attio.control.consent({ url, person: standard.people.ada.emailAddress, workspace: 'acme' })
  await attio.call('POST', '/v2/webhooks', {
    data: {
      target_url: 'https://hooks.example/',
      subscriptions: [{ event_type: 'task.created', filter: null }],
    },
  })
  assert.equal(world.webhooks.size, 1)
  const visitor = createVisitor(attio)
  await visitor.signIn(standard.people.ben)
  await visitor.open(`/developers/apps/${attio.clientId}`)
  await visitor.press('Yes, delete Taskr')
  assert.match(visitor.page.text, /The app is deleted, with every token it was given\./)
  for (const collection of [
    world.apps,
    world.installations,
    world.accessTokens,
    world.authorizationCodes,
    world.webhooks,
  ]) {
    assert.equal(collection.size, 0, collection.name)
  }
  assert.equal((await attio.call('GET', '/v2/tasks')).status, 401)
})

suite('sharing an app', () => {
  test('an admin of another workspace is warned and installs the app by its link', async () => {
    const { attio, visitor, appId } = await withApp('Shared')
    await visitor.follow('Share privately')
    assert.match(visitor.page.text, /0 of 25 workspaces/)
    assert.ok(visitor.page.html.includes(`value="${attio.origin}/install/${appId}"`))
    const edith = createVisitor(attio)
    await edith.signIn(standard.people.edith)
    await edith.open(`/install/${appId}`)
    assert.match(edith.page.text, /has not been reviewed by Attio/)
    await edith.press('Install')
    assert.match(edith.page.text, /The app is installed/)
    assert.match(edith.page.text, /Shared No access token/)
    await edith.open(`/install/${appId}`)
    await edith.press('Install')
    assert.match((await visitor.open(visitor.page.address)).text, /1 of 25 workspaces Globex/)
  })

  test('a person who is not an admin cannot install an app', async () => {
    const { attio, appId } = await withApp('Shared')
    const { size } = attio.control.world.installations
    for (const person of [standard.people.ben, standard.people.cleo]) {
      const visitor = createVisitor(attio)
      await visitor.signIn(person)
      assert.match((await visitor.open(`/install/${appId}`)).text, /Only an admin/)
      const form = { workspace: standard.workspaces.acme.id }
      assert.equal((await visitor.post(`/install/${appId}`, form)).status, 400)
    }
    const edith = createVisitor(attio)
    await edith.signIn(standard.people.edith)
    const form = { workspace: standard.workspaces.acme.id }
    assert.equal((await edith.post(`/install/${appId}`, form)).status, 400)
    assert.equal(attio.control.world.installations.size, size)
  })

  test('an unpublished app is in at most 25 workspaces, a published one in more', async () => {
    const { attio, visitor, appId } = await withApp('Everywhere')
    const { world } = attio.control
    world.transact(() => {
      for (let number = 1; number <= 25; number += 1) {
        world.installations.put({
          id: `i${number}`,
          appId,
          workspaceId: `w${number}`,
          createdAt: 0,
        })
      }
    })
    const workspace = standard.workspaces.acme.id
    const refused = await visitor.post(`/install/${appId}`, { workspace })
    assert.equal(refused.status, 400)
    assert.match(refused.text, /can be in 25 workspaces, and it is/)
    await visitor.open(`/developers/apps/${appId}`)
    await visitor.press('Publish app')
    assert.equal((await visitor.post(`/install/${appId}`, { workspace })).status, 200)
    const installed = world.installations.all().filter((one) => one.appId === appId)
    assert.equal(installed.length, 26)
  })
})

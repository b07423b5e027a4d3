import assert from 'node:assert/strict'
import { test } from 'node:test'
import { z } from 'zod'
import { createLocalAttio } from '../local-attio.ts'
import { createVisitor } from '../pages/for-tests/visitor.ts'
import { readPage } from '../pages/for-tests/html.ts'
import { standard } from '../seed/standard.ts'

const redirectUri = 'http://localhost:3050/integrations/attio/callback'

test('the tutorial’s steps work click by click, from an empty dashboard to a token', async () => {
  const attio = createLocalAttio()
  const ada = createVisitor(attio)

  // 1. Sign in, open a developer account, create an app.
  await ada.open('/')
  await ada.follow('Developer dashboard')
  assert.match(ada.page.text, /These people are made up/)
  await ada.press('Ada Byron ada@acme.example Admin of Acme Robotics · Admin of Globex')
  assert.equal(ada.page.address, '/developers')
  await ada.press('Create developer account', { 'Company name': 'Initech Ltd' })
  await ada.follow('New app')
  await ada.press('Create app', { 'App name': 'Task lister' })
  assert.deepEqual(ada.page.headings[0], 'Task lister')

  // 2. Enable OAuth, register the redirect URI, configure the scopes.
  await ada.follow('OAuth')
  assert.doesNotMatch(ada.page.text, /Client Secret/)
  await ada.press('Enable OAuth 2.0')
  const { clientId, clientSecret } = credentialsOn(ada.page.html)
  await ada.press('Add redirect URI', { 'New redirect URI': redirectUri })
  assert.match(ada.page.text, /http:\/\/localhost:3050\/integrations\/attio\/callback/)
  await ada.follow('Configure scopes')
  await ada.press('Save changes', {
    'Tasks task': 'Read',
    'User management user_management': 'Read',
    'Object configuration object_configuration': 'Read',
    'Records record_permission': 'Read',
  })
  assert.match(ada.page.text, /Scopes saved\./)

  // 3. The tutorial's app exchanges the code.
  const authorize = new URL('/authorize', attio.origin)
  authorize.search = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
  }).toString()
  await ada.open(`${authorize.pathname}${authorize.search}`)
  assert.match(ada.page.text, /Task lister wants to access a workspace/)
  await ada.press('Allow')
  const code = new URL(ada.page.address).searchParams.get('code') ?? ''
  const exchange = await attio.fetch(`${attio.origin}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uri: redirectUri,
      code,
    }),
  })
  const { access_token } = z.object({ access_token: z.string() }).parse(await exchange.json())
  const list = await attio.fetch(`${attio.origin}/v2/tasks?limit=10`, {
    headers: { authorization: `Bearer ${access_token}` },
  })
  assert.equal(list.status, 200)
  const { data } = z.object({ data: z.array(z.unknown()) }).parse(await list.json())
  assert.equal(data.length, 10)

  // The workspace also shows who has access.
  await ada.open(`/workspaces/${standard.workspaces.acme.slug}/settings/apps`)
  assert.match(ada.page.text, /Task lister 1 access token, authorized by Ada Byron/)
})

function credentialsOn(html: string): { clientId: string; clientSecret: string } {
  const value = (id: string): string =>
    new RegExp(`id="${id}"[^>]*value="([^"]*)"`).exec(html)?.[1] ?? ''
  assert.ok(readPage(html).text.includes('Client ID'))
  return { clientId: value('client-id'), clientSecret: value('client-secret') }
}

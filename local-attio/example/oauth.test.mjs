import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createLocalAttio } from '@taskr/local-attio'

test('an admin connects Attio, and the app lists tasks', async () => {
  const attio = createLocalAttio()
  const redirectUri = 'http://localhost:3050/callback'
  const { clientId, clientSecret } = attio.registerApp({
    name: 'My app',
    redirectUris: [redirectUri],
    scopes: [
      'task:read',
      'user_management:read',
      'record_permission:read',
      'object_configuration:read',
    ],
  })

  // Your app sends the browser to Attio …
  const url = new URL('/authorize', attio.origin)
  url.searchParams.set('client_id', clientId)
  url.searchParams.set('response_type', 'code')
  url.searchParams.set('redirect_uri', redirectUri)
  url.searchParams.set('state', 'a random value')

  // … an admin of a workspace presses "Allow" …
  const sentTo = attio.control.consent({ url, person: 'ada@acme.example', workspace: 'acme' })
  assert.equal(sentTo.searchParams.get('state'), 'a random value')

  // … and your app exchanges the code. Give it `attio.fetch` where it would use `fetch`.
  const exchange = await attio.fetch(`${attio.origin}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: clientId,
      client_secret: clientSecret,
      redirect_uri: redirectUri,
      code: sentTo.searchParams.get('code') ?? '',
    }),
  })
  const { access_token: token } = await exchange.json()

  const list = await attio.fetch(`${attio.origin}/v2/tasks?limit=10`, {
    headers: { authorization: `Bearer ${token}` },
  })
  assert.equal(list.status, 200)
  assert.equal(attio.control.journal.count({ operation: 'tasks.list' }), 1)
  attio.close()
})

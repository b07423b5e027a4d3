import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createTestAttio, grantCode, tokenForm } from '../for-tests.ts'
import { masked } from './masking.ts'

test('the journal shows the code of an error but masks an authorization code', async () => {
  const attio = createTestAttio()
  await attio.call('GET', '/v2/tasks/00000000-0000-4000-8000-000000000000')
  const [refused] = attio.control.journal.entries()
  assert.match(refused?.answerBody ?? '', /"code":"not_found"/)

  attio.control.journal.clear()
  const code = grantCode(attio)
  const form = tokenForm(attio, code)
  await attio.post('/oauth/token', form)
  await attio.call('POST', '/oauth/token', form)
  const text = JSON.stringify(attio.control.journal.entries())
  for (const secret of [code, attio.clientSecret]) assert.ok(!text.includes(secret))
  assert.ok(text.includes(`code=${masked}`))
})

test('the journal masks a secret under an encoded name, without a scheme, or in the page before', async () => {
  const attio = createTestAttio()
  const secret = 'a-secret-of-the-app'
  await attio.fetch(`${attio.origin}/oauth/token?client%5Fsecret=${secret}&c%6fde=${secret}`, {
    method: 'POST',
    headers: {
      authorization: secret,
      referer: `http://localhost:3050/callback?code=${secret}&state=1`,
      'content-type': 'application/x-www-form-urlencoded',
    },
    body: `client%5fsecret=${secret}&state=1&code=${secret}`,
  })
  const [entry] = attio.control.journal.entries()
  assert.ok(!JSON.stringify(entry).includes(secret))
  assert.equal(entry?.body, `client%5fsecret=${masked}&state=1&code=${masked}`)
  assert.equal(entry.headers['authorization'], masked)
})

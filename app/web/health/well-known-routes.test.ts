import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createWorld } from '../../../testing/in-process/testbed.ts'

test('security.txt names a contact and an expiry date', async () => {
  await using world = await createWorld({
    publicUrl: 'https://taskr.example.com',
    environment: { TASKR_SECURITY_CONTACT: 'https://example.com/security' },
  })
  const { status, headers, body } = await world.browser().get('/.well-known/security.txt')
  assert.equal(status, 200)
  assert.match(headers.get('content-type') ?? '', /^text\/plain; ?charset=utf-8$/i)
  assert.match(body, /^Contact: https:\/\/example\.com\/security$/m)
  assert.match(body, /^Canonical: https:\/\/taskr\.example\.com\/\.well-known\/security\.txt$/m)
  const [, expires = ''] = /^Expires: (.+)$/m.exec(body) ?? []
  const days = (Date.parse(expires) - world.clock.now()) / 86_400_000
  assert.ok(days > 30 && days < 366, expires)
})

test('without a setting, security.txt names the mailbox that RFC 2142 reserves', async () => {
  await using world = await createWorld({ publicUrl: 'https://taskr.example.com' })
  const { body } = await world.browser().get('/.well-known/security.txt')
  assert.match(body, /^Contact: mailto:security@taskr\.example\.com$/m)
})

test('the well-known change-password address redirects to the settings', async () => {
  await using world = await createWorld()
  const { status, location } = await world.browser().get('/.well-known/change-password')
  assert.equal(status, 303)
  assert.equal(location, '/settings')
})

test('strict transport security covers subdomains only when configured', async () => {
  for (const [asked, expected] of [
    ['no', 'max-age=63072000'],
    ['yes', 'max-age=63072000; includeSubDomains'],
  ] as const) {
    await using world = await createWorld({
      publicUrl: 'https://taskr.example.com',
      environment: { TASKR_HSTS_SUBDOMAINS: asked },
    })
    const { headers } = await world.browser().get('/login')
    assert.equal(headers.get('strict-transport-security'), expected)
  }
})

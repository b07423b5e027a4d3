import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clientNetwork } from './client-network.ts'

test('all addresses of one IPv6 network count as one', () => {
  const one = clientNetwork('2001:db8:0:1::1')
  assert.equal(one, '2001:db8:0:1::/64')
  assert.equal(clientNetwork('2001:0DB8:0000:0001:ffff:ffff:ffff:ffff'), one)
  assert.equal(clientNetwork('2001:db8::1:0:0:0:9'), one)
  assert.notEqual(clientNetwork('2001:db8:0:2::1'), one)
  assert.equal(clientNetwork('::1'), '0:0:0:0::/64')
  assert.equal(clientNetwork('fe80::1%eth0'), 'fe80:0:0:0::/64')
})

test('an IPv4 address counts by itself, even when written as IPv6', () => {
  assert.equal(clientNetwork('192.0.2.1'), '192.0.2.1')
  assert.equal(clientNetwork('::ffff:192.0.2.1'), '192.0.2.1')
  assert.equal(clientNetwork('unknown'), 'unknown')
  assert.equal(clientNetwork('x'.repeat(9_000)).length, 64)
})

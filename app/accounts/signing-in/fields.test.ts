import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readEmailAddress } from './email-address.ts'
import { readTimeZone } from '../own-account/time-zone.ts'

test('an email address is optional', () => {
  assert.deepEqual(readEmailAddress(''), { kind: 'none' })
  assert.deepEqual(readEmailAddress('  '), { kind: 'none' })
})

test('an email address is stored as typed', () => {
  for (const emailAddress of ['jo@example.com', 'J.O+taskr@mail.example', 'jö@bücher.example']) {
    assert.deepEqual(readEmailAddress(` ${emailAddress} `), { kind: 'email-address', emailAddress })
  }
})

test('H-28 a malformed email address is refused', () => {
  for (const given of [
    'jo',
    '@example.com',
    'jo@',
    'jo@example',
    'jo@example..com',
    'jo@@example.com',
    'jo example@example.com',
    'jo@example.com\nbcc:all@example.com',
    'jo\u0000@example.com',
    `${'x'.repeat(65)}@example.com`,
    `jo@${'x'.repeat(300)}.example`,
  ]) {
    assert.equal(readEmailAddress(given).kind, 'refused', given)
  }
})

test('a time zone gets its canonical name', () => {
  assert.equal(readTimeZone('Europe/Berlin'), 'Europe/Berlin')
  assert.equal(readTimeZone('europe/berlin'), 'Europe/Berlin')
  assert.equal(readTimeZone('UTC'), 'UTC')
})

test('an unknown time zone is refused', () => {
  for (const given of ['', 'Mars/Olympus', '+05:00', '../etc/passwd', 'x'.repeat(9_000), 'UTC\n']) {
    assert.equal(readTimeZone(given), undefined, given)
  }
})

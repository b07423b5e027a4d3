import assert from 'node:assert/strict'
import { test } from 'node:test'
import { areSameHash, sha256Base64Url } from './hash.ts'

test('a fingerprint is SHA-256 in base64url', () => {
  // FIPS 180-2, example B.1
  const expected = Buffer.from(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    'hex',
  )
  assert.equal(sha256Base64Url('abc'), expected.toString('base64url'))
})

test('OA-30 fingerprints are equal only in full', () => {
  const one = sha256Base64Url('one')
  assert.equal(areSameHash(one, sha256Base64Url('one')), true)
  for (const other of [sha256Base64Url('other'), one.slice(1), `${one}=`, '', one.toUpperCase()]) {
    assert.equal(areSameHash(one, other), false, other)
  }
})

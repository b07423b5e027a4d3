import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { suite, test } from 'node:test'
import { gcm } from '@noble/ciphers/aes.js'
import { Secret } from '../../support/secret.ts'
import { formatKey, readKeyRing, type KeyRing } from './key-ring.ts'
import { createSealer, SealError, sealedWith, type SealedPlace, type Sealer } from './seal.ts'

const place: SealedPlace = {
  field: 'attio.access_token',
  accountId: 'account-a',
  rowId: 'connection-a',
}
const token = new Secret('a'.repeat(32) + 'b'.repeat(32))

suite('sealing', () => {
  test('a sealed value opens with the same place and key', () => {
    const sealer = createSealer(ring('k1'), randomBytes)
    const sealed = sealer.seal(place, token)
    assert.equal(sealer.open(place, sealed).reveal(), token.reveal())
    assert.equal(sealedWith(sealed), 'k1')
    assert.ok(!sealed.includes(token.reveal()))
  })

  test('two seals of one value have nothing in common', () => {
    const sealer = createSealer(ring('k1'), randomBytes)
    const [, , wrappedA, valueA] = sealer.seal(place, token).split('.')
    const [, , wrappedB, valueB] = sealer.seal(place, token).split('.')
    assert.notEqual(wrappedA, wrappedB)
    assert.notEqual(valueA, valueB)
  })

  test('TK-05 a value moved to another account, row or field is refused in 1,000 of 1,000 tries', () => {
    const sealer = createSealer(ring('k1'), randomBytes)
    for (let round = 0; round < 250; round++) {
      const here = { ...place, accountId: `account-${round}`, rowId: `row-${round}` }
      const sealed = sealer.seal(here, token)
      for (const elsewhere of [
        { ...here, accountId: `account-${round + 1}` },
        { ...here, rowId: `row-${round + 1}` },
        { ...here, field: 'attio.code_verifier' as const },
        { ...here, accountId: here.rowId, rowId: here.accountId },
      ]) {
        assert.throws(() => sealer.open(elsewhere, sealed), refused('altered'))
      }
    }
  })

  test('TK-06 every single flipped bit of 100 values is detected', () => {
    const sealer = createSealer(ring('k1'), randomBytes)
    for (let value = 0; value < 100; value++) {
      const sealed = Buffer.from(
        sealer.seal(place, new Secret(randomBytes(32).toString('hex'))),
        'latin1',
      )
      for (let bit = 0; bit < sealed.length * 8; bit++) {
        const mask = 1 << (bit & 7)
        sealed.writeUInt8(sealed.readUInt8(bit >> 3) ^ mask, bit >> 3)
        if (isOpened(sealer, sealed.toString('latin1'))) assert.fail(`bit ${bit} of value ${value}`)
        sealed.writeUInt8(sealed.readUInt8(bit >> 3) ^ mask, bit >> 3)
      }
      assert.ok(isOpened(sealer, sealed.toString('latin1')))
    }
  })

  test('TK-06 cut tags, another version, plain text and an empty value are refused', () => {
    const sealer = createSealer(ring('k1'), randomBytes)
    const sealed = sealer.seal(place, token)
    const [, , wrapped = '', value = ''] = sealed.split('.')
    const bytes = Buffer.from(value, 'base64url')
    const cut = Array.from({ length: 16 }, (_, length) =>
      [
        'v1',
        'k1',
        wrapped,
        bytes.subarray(0, bytes.length - 16 + length).toString('base64url'),
      ].join('.'),
    )
    const wrong = [
      '',
      token.reveal(),
      sealed.replace('v1', 'v2'),
      `${sealed} `,
      `${sealed}=`,
      'v1.k1..',
      ...cut,
    ]
    for (const text of wrong) assert.throws(() => sealer.open(place, text), SealError, text)
  })

  test('a key missing from the ring is named as the reason', () => {
    const sealed = createSealer(ring('k1'), randomBytes).seal(place, token)
    assert.throws(
      () => createSealer(ring('k2'), randomBytes).open(place, sealed),
      refused('unknown-key'),
    )
  })

  test('a key with the same id but other bytes opens no value', () => {
    const sealed = createSealer(ring('k1'), randomBytes).seal(place, token)
    assert.throws(
      () => createSealer(ring('k1'), randomBytes).open(place, sealed),
      refused('altered'),
    )
  })

  test('an older key of the ring still opens, and the first one seals', () => {
    const [older, newer] = [keyText('k1'), keyText('k2')]
    const sealed = createSealer(read(older), randomBytes).seal(place, token)
    const both = createSealer(read(`${newer},${older}`), randomBytes)
    assert.equal(both.open(place, sealed).reveal(), token.reveal())
    assert.equal(sealedWith(both.seal(place, token)), 'k2')
  })

  test('TK-16 an independent implementation of AES-GCM opens the envelope', () => {
    const keyBytes = randomBytes(32)
    const sealer = createSealer(read(formatKey('k1', keyBytes)), randomBytes)
    const about = Buffer.from(
      ['taskr', place.field, 'v1', place.accountId, place.rowId, 'k1']
        .map((part) => `${part.length}:${part}`)
        .join(','),
    )
    for (let round = 0; round < 2_000; round++) {
      const value = randomBytes(round % 200).toString('base64url')
      const [, , wrapped = '', sealed = ''] = sealer.seal(place, new Secret(value)).split('.')
      const dataKey = openWithNoble(keyBytes, about, Buffer.from(wrapped, 'base64url'))
      const opened = openWithNoble(dataKey, about, Buffer.from(sealed, 'base64url'))
      assert.equal(Buffer.from(opened).toString('utf8'), value)
    }
  })

  test('IVs never repeat over 20,000 seals', () => {
    const sealer = createSealer(ring('k1'), randomBytes)
    const ivs = new Set<string>()
    for (let round = 0; round < 20_000; round++) {
      const [, , wrapped = '', value = ''] = sealer.seal(place, token).split('.')
      ivs.add(wrapped.slice(0, 16)).add(value.slice(0, 16))
    }
    assert.equal(ivs.size, 40_000)
  })
})

/** Costs two thirds of `assert.throws`, which matters for a hundred thousand values. */
function isOpened(sealer: Sealer, sealed: string): boolean {
  try {
    sealer.open(place, sealed)
    return true
  } catch (error) {
    assert.ok(error instanceof SealError)
    return false
  }
}

function openWithNoble(key: Uint8Array, about: Uint8Array, sealed: Uint8Array): Uint8Array {
  return gcm(
    new Uint8Array(key),
    new Uint8Array(sealed.subarray(0, 12)),
    new Uint8Array(about),
  ).decrypt(new Uint8Array(sealed.subarray(12)))
}

function refused(code: SealError['code']): (error: unknown) => boolean {
  return (error) => error instanceof SealError && error.code === code
}

function keyText(id: string): string {
  return formatKey(id, randomBytes(32))
}

function ring(id: string): KeyRing {
  return read(keyText(id))
}

function read(text: string): KeyRing {
  const reading = readKeyRing(text)
  assert.ok(reading.kind === 'read')
  return reading.ring
}

// The scanner finds every planted secret, in each encoding, whole and in parts, and nothing else.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { suite, test } from 'node:test'
import { deflateSync, gzipSync } from 'node:zlib'
import { createScanner, encodingNames, leakLength } from './canary-scan.ts'

const secret = 'Zk3-x_9QvB7mTqLw2RyHs0dJeNfUgXoP4cAiVbKhWtE'
const scanner = createScanner([{ kind: 'secret', value: Buffer.from(secret) }])

/** The encodings, written independently of the scanner. */
const leaks = new Map<string, (text: string) => Buffer>([
  ['raw', (text) => Buffer.from(`<p>${text}</p>`)],
  ['base64, first offset', (text) => Buffer.from(btoa(`abc${text}d`))],
  ['base64, second offset', (text) => Buffer.from(btoa(`a${text}de`))],
  ['base64, third offset', (text) => Buffer.from(btoa(`ab${text}def`))],
  ['base64url', (text) => Buffer.from(Buffer.from(`{"a":"${text}"}`).toString('base64url'))],
  ['hex, small', (text) => Buffer.from(`\\x00${Buffer.from(text).toString('hex')}`)],
  ['hex, capital', (text) => Buffer.from(Buffer.from(text).toString('hex').toUpperCase())],
  ['URL', (text) => Buffer.from(`/?a=${mapBytes(text, (hex) => `%${hex.toUpperCase()}`)}`)],
  ['JSON escapes', (text) => Buffer.from(`{"a":"${mapBytes(text, (hex) => `\\u00${hex}`)}"}`)],
  ['HTML references', (text) => Buffer.from(mapBytes(text, (hex) => `&#x${hex};`))],
  ['UTF-16', (text) => Buffer.from(`é${text}`, 'utf16le')],
  ['reversed', (text) => Buffer.from([...Buffer.from(text)].toReversed())],
  ['compressed', (text) => Buffer.concat([randomBytes(99), gzipSync(`a page with ${text} in it`)])],
])

suite('the scanner for canaries', () => {
  test('TK-04 the test plants every encoding of the scanner', () => {
    assert.deepEqual([...leaks.keys()], encodingNames)
  })

  for (const [name, leak] of leaks) {
    test(`TK-04 a planted secret is found: ${name}, whole and in every part of ${leakLength}`, () => {
      assert.ok(scanner.scan(leak(secret)).some(({ encoding }) => encoding === name))
      for (let at = 0; at + leakLength <= secret.length; at++) {
        const part = leak(secret.slice(at, at + leakLength))
        assert.ok(
          scanner.scan(part).some(({ encoding }) => encoding === name),
          String(at),
        )
      }
    })
  }

  test('TK-04 the scanner finds both byte orders, both kinds of compression, and decimal references', () => {
    const bigEndian = Buffer.from(secret, 'utf16le').swap16()
    const decimal = Buffer.from([...Buffer.from(secret)].map((byte) => `&#${byte};`).join(''))
    for (const bytes of [bigEndian, deflateSync(secret), decimal]) {
      assert.ok(scanner.scan(bytes).length > 0)
    }
  })

  test('shorter parts and other random bytes are not reported as leaks', () => {
    assert.deepEqual(scanner.scan(Buffer.from(`..${secret.slice(3, 3 + leakLength - 1)}..`)), [])
    assert.deepEqual(scanner.scan(randomBytes(1_000_000)), [])
    assert.deepEqual(scanner.scan(Buffer.from(randomBytes(500_000).toString('base64'))), [])
  })
})

function mapBytes(text: string, write: (hex: string) => string): string {
  return [...Buffer.from(text)].map((byte) => write(byte.toString(16).padStart(2, '0'))).join('')
}

import assert from 'node:assert/strict'
import { suite, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { anyCharacter } from '../../../testing/any-character.ts'
import { html } from '../ui/html.ts'
import { compressPage } from './compress-page.ts'

const keyBytes = 22
const key = fc.uint8Array({ minLength: keyBytes, maxLength: keyBytes })
/** Repeats itself, as pages do, over more than the 32 KB that deflate refers back to. */
const section = fc
  .tuple(fc.string({ unit: anyCharacter, maxLength: 300 }), fc.integer({ min: 0, max: 300 }))
  .map(([part, times]) => Buffer.from(part.repeat(times)))

const anyLetter = fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz '.split(''))

function rowWith(text: string): string {
  const escaped = String(html`${text}`)
  return `<li class="task"><a href="/?q=${escaped}" title="${escaped}">${escaped}</a></li>`
}

suite('a compressed page', () => {
  test('unpacks to its sections with the key between them, for any text', () => {
    fc.assert(
      fc.property(fc.array(section, { minLength: 1, maxLength: 5 }), key, (sections, one) => {
        const unpacked = gunzipSync(compressPage(sections, keyBytes).withKey(one))
        const expected = sections.flatMap((part, at) => (at === 0 ? [part] : [one, part]))
        assert.ok(unpacked.equals(Buffer.concat(expected)))
      }),
      { numRuns: 60 },
    )
  })

  test('unpacks to the same text when it is compressed by item', () => {
    const item = fc
      .tuple(fc.string({ unit: anyCharacter, maxLength: 60 }), fc.integer({ min: 0, max: 200 }))
      .map(([text, times]) => Buffer.from(`<ol>${rowWith(text).repeat(times)}</ol>`))
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 4 }), key, (sections, one) => {
        const unpacked = gunzipSync(compressPage(sections, keyBytes, 'by-item').withKey(one))
        const expected = sections.flatMap((part, at) => (at === 0 ? [part] : [one, part]))
        assert.ok(unpacked.equals(Buffer.concat(expected)))
      }),
      { numRuns: 40 },
    )
  })

  test('BREACH: by item, no guess of one item changes what another item adds to the size', () => {
    const text = fc.string({ unit: anyLetter, minLength: 24, maxLength: 24 })
    const sizeOf = (texts: readonly string[], how: 'whole' | 'by-item'): number =>
      compressPage([Buffer.from(`<ol>${texts.map(rowWith).join('')}</ol>`)], 0, how).bytes
    fc.assert(
      fc.property(text, text, fc.integer({ min: 0, max: 60 }), (secret, other, between) => {
        const rows = Array.from({ length: between }, (_, at) => `Row ${100 + at}`)
        const size = (one: string, guess: string) => sizeOf([one, ...rows, guess], 'by-item')
        assert.equal(
          size(secret, secret) + size(other, other),
          size(secret, other) + size(other, secret),
        )
      }),
      { numRuns: 100 },
    )
    // Compressed as a whole, a page is smaller when the guess is right.
    const [secret, wrong] = ['Sell Initech in the spring', 'Lend Umbrella some kayaks!']
    assert.ok(sizeOf([secret, secret], 'whole') < sizeOf([secret, wrong], 'whole'))
  })

  test('a key changes nothing but its own bytes and the checksum, even if the page repeats it', () => {
    const [one, other] = ['a'.repeat(keyBytes), 'b'.repeat(keyBytes)].map((text) =>
      Buffer.from(text),
    )
    assert.ok(one && other)
    const page = compressPage([one, one, Buffer.concat([other, one])], keyBytes)
    const [first, second] = [page.withKey(one), page.withKey(other)]
    const checksumAt = first.length - 8
    const different = [...first.keys()].filter((at) => first[at] !== second[at])
    assert.equal(first.length, second.length)
    assert.equal(different.filter((at) => at < checksumAt).length, 2 * keyBytes)
    assert.ok(different.every((at) => at < checksumAt + 4))
  })

  test('a page without keys is one gzip', () => {
    const text = Buffer.from('<li>One</li>'.repeat(500))
    const compressed = compressPage([text], keyBytes).withKey(new Uint8Array(keyBytes))
    assert.ok(compressed.length < 100)
    assert.ok(gunzipSync(compressed).equals(text))
  })
})

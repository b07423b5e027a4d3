import assert from 'node:assert/strict'
import { test } from 'node:test'
import { crc32 } from 'node:zlib'
import fc from 'fast-check'
import { followedBy, pieceOf } from './joined-checksum.ts'

test('the checksum of a text and what follows it is the one of both together', () => {
  const bytes = fc.uint8Array({ maxLength: 300 })
  fc.assert(
    fc.property(bytes, bytes, (before, after) => {
      assert.equal(followedBy(crc32(before), pieceOf(after)), crc32(Buffer.concat([before, after])))
    }),
  )
  const page = Buffer.alloc(70_001, 'a page')
  assert.equal(
    followedBy(crc32('key'), pieceOf(page)),
    crc32(Buffer.concat([Buffer.from('key'), page])),
  )
})

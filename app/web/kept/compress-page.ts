// A page compressed with gzip (RFC 1952), with its request keys left out: each delivery has keys of its own, and is not
// compressed again for them. A key stands in a stored block of its own (RFC 1951, 3.2.4), so every delivery of a page has
// the same size, and nothing on the page is ever compressed together with a key.
import { constants, crc32, deflateRawSync } from 'node:zlib'
import type { Compression } from '../page-frames.ts'
import { followedBy, pieceOf, type Piece } from './joined-checksum.ts'
import { itemsIn, withoutTexts } from './page-items.ts'

export interface CompressedPage {
  readonly bytes: number
  /** Returns the gzip of the page with this key between its sections. */
  readonly withKey: (key: Uint8Array) => Uint8Array<ArrayBuffer>
}

const header = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff)
/** How far back deflate refers, in bytes. */
const windowBytes = 32_768
/** A few items: each costs the reading of as much, and resembles the one before. */
const itemWindowBytes = 4_096

/** Compresses the sections of a page, in UTF-8, that stand before, between and after its keys. */
export function compressPage(
  sections: readonly Uint8Array[],
  keyBytes: number,
  how: Compression = 'whole',
): CompressedPage {
  // It has a byte that UTF-8 never has instead of each key, so that no reference points into a key.
  const blankKey = new Uint8Array(keyBytes).fill(0xff)
  let before: Uint8Array = new Uint8Array()
  const window = how === 'whole' ? windowBytes : itemWindowBytes
  const pass = (bytes: Uint8Array): void => {
    before = Buffer.concat([before, bytes]).subarray(-window)
  }
  const compressed = sections.map((section, at) => {
    if (at > 0) pass(blankKey)
    const pieces = how === 'whole' ? [section] : itemsIn(section)
    const isLastSection = at === sections.length - 1
    const parts = pieces.map((piece, place) => {
      const isLast = isLastSection && place === pieces.length - 1
      const bytes = deflateRawSync(piece, {
        ...(before.length > 0 && { dictionary: before }),
        finishFlush: isLast ? constants.Z_FINISH : constants.Z_SYNC_FLUSH,
      })
      pass(how === 'whole' ? piece : withoutTexts(piece))
      return bytes
    })
    return Buffer.concat(parts)
  })
  const pieces = sections.map(pieceOf)
  const pageBytes = sections.reduce((sum, { length }) => sum + length, 0)
  return {
    bytes: compressed.reduce((sum, { length }) => sum + length, 0),
    withKey: (key) => {
      const storedKey = Buffer.concat([storedBlockHeader(key.length), key])
      const body = compressed.flatMap((section, at) =>
        at === 0 ? [section] : [storedKey, section],
      )
      const bytes = pageBytes + (sections.length - 1) * key.length
      const end = trailer(checksumOf(pieces, key), bytes)
      return new Uint8Array(Buffer.concat([header, ...body, end]))
    },
  }
}

function storedBlockHeader(length: number): Buffer {
  const block = Buffer.alloc(5)
  block.writeUInt16LE(length, 1)
  block.writeUInt16LE(~length & 0xffff, 3)
  return block
}

/** Returns the checksum of the page with this key between its pieces. */
function checksumOf([first, ...others]: readonly Piece[], key: Uint8Array): number {
  let checksum = first?.checksum ?? 0
  for (const piece of others) checksum = followedBy(crc32(key, checksum), piece)
  return checksum
}

function trailer(checksum: number, bytes: number): Buffer {
  const end = Buffer.alloc(8)
  end.writeUInt32LE(checksum, 0)
  end.writeUInt32LE(bytes, 4)
  return end
}

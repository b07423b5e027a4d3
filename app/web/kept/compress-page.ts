// A page compressed with gzip (RFC 1952), with its request keys left out: each delivery has keys of its own, and is not
// compressed again for them. A key stands in a stored block of its own (RFC 1951, 3.2.4), so every delivery of a page has
// the same size, and nothing on the page is ever compressed together with a key.
import { constants, crc32, deflateRawSync } from 'node:zlib'

export interface CompressedPage {
  readonly bytes: number
  /** Returns the gzip of the page with this key between its sections. */
  readonly withKey: (key: Uint8Array) => Uint8Array<ArrayBuffer>
}

const header = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff)
/** How far back deflate refers, in bytes. */
const windowBytes = 32_768

/** Compresses the sections of a page, in UTF-8, that stand before, between and after its keys. */
export function compressPage(sections: readonly Uint8Array[], keyBytes: number): CompressedPage {
  const compressed = sections.map((section, at) =>
    deflateRawSync(section, {
      ...dictionaryOf(sections.slice(0, at), keyBytes),
      finishFlush: at === sections.length - 1 ? constants.Z_FINISH : constants.Z_SYNC_FLUSH,
    }),
  )
  return {
    bytes: compressed.reduce((sum, { length }) => sum + length, 0),
    withKey: (key) => {
      const storedKey = Buffer.concat([storedBlockHeader(key.length), key])
      const body = compressed.flatMap((section, at) =>
        at === 0 ? [section] : [storedKey, section],
      )
      return new Uint8Array(Buffer.concat([header, ...body, trailer(sections, key)]))
    },
  }
}

/**
 * Returns what precedes a section. It has a byte that UTF-8 never has instead of each key, so that no reference points into
 * a key.
 */
function dictionaryOf(before: readonly Uint8Array[], keyBytes: number) {
  if (before.length === 0) return {}
  const blank = new Uint8Array(keyBytes).fill(0xff)
  const text = Buffer.concat(before.flatMap((section) => [section, blank]))
  return { dictionary: text.subarray(-windowBytes) }
}

function storedBlockHeader(length: number): Buffer {
  const block = Buffer.alloc(5)
  block.writeUInt16LE(length, 1)
  block.writeUInt16LE(~length & 0xffff, 3)
  return block
}

function trailer(sections: readonly Uint8Array[], key: Uint8Array): Buffer {
  let checksum = 0
  let bytes = 0
  for (const [at, section] of sections.entries()) {
    if (at > 0) checksum = crc32(key, checksum)
    checksum = crc32(section, checksum)
    bytes += section.length + (at > 0 ? key.length : 0)
  }
  const end = Buffer.alloc(8)
  end.writeUInt32LE(checksum, 0)
  end.writeUInt32LE(bytes, 4)
  return end
}

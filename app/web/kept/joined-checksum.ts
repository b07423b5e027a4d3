// The CRC-32 of a page that is put together from pieces whose own checksums are known (RFC 1952, 8). Reading a page of
// 60 KB again for each delivery would take longer than everything else that a delivery does.
import { crc32 } from 'node:zlib'

export interface Piece {
  readonly checksum: number
  /** What a checksum is multiplied by when the piece follows. */
  readonly shift: number
}

export function pieceOf(bytes: Uint8Array): Piece {
  return { checksum: crc32(bytes), shift: shiftOf(bytes.length) }
}

/** Returns the checksum of a text and the piece that follows it. */
export function followedBy(checksum: number, piece: Piece): number {
  return (multiplied(piece.shift, checksum) ^ piece.checksum) >>> 0
}

/** The polynomials have their lowest power in the highest bit, as the checksum itself. */
const polynomial = 0xedb88320
const one = 0x80000000
const byteShift = 0x00800000

/** Returns x to the power of eight times the number of bytes. */
function shiftOf(bytes: number): number {
  let shift = one
  let factor = byteShift
  for (let rest = bytes; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) shift = multiplied(factor, shift)
    factor = multiplied(factor, factor)
  }
  return shift
}

function multiplied(factor: number, other: number): number {
  let product = 0
  let power = other
  for (let bit = one; bit > 0; bit >>>= 1) {
    if ((factor & bit) !== 0) product ^= power
    power = (power & 1) === 0 ? power >>> 1 : (power >>> 1) ^ polynomial
  }
  return product >>> 0
}

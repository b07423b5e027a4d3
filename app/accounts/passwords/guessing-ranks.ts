// How soon a cracker guesses a piece of a password, from guessing-ranks.bin: about 49,000 leaked passwords and 56,000
// English words, by frequency. tools/rank-guesses.ts writes the file. As strings in a map they would hold 30 MB for as long
// as the process runs; as a table of hashes they hold less than one.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/** An entry has the hash of a piece in five bytes, and its bits in one. Entries are sorted by their hash. */
export const entryBytes = 6
/** The bits of a piece are stored in fifteenths. */
export const storedPerBit = 15

const hashBits = 40
const placeBits = 16
const places = 2 ** placeBits
const hashesPerPlace = 2 ** (hashBits - placeBits)

const table = readFileSync(join(import.meta.dirname, 'guessing-ranks.bin'))
const entries = table.length / entryBytes
const starts = startsOf()

/** The state of a hash, to which characters are added one after the other. */
export type PieceHash = readonly [number, number]
export const emptyHash: PieceHash = [0x811c9dc5, 0x9e3779b9]

export function addToHash([one, other]: PieceHash, character: number): PieceHash {
  return [Math.imul(one ^ character, 0x01000193), Math.imul(other ^ character, 0x85ebca6b) + 1]
}

/** Returns the first forty bits: of ten million different pieces, one is taken for another. */
export function hashNumber([one, other]: PieceHash): number {
  const mixed = Math.imul(other ^ (one >>> 15), 0xc2b2ae35)
  return (one >>> 0) * 2 ** 8 + (mixed >>> 24)
}

/** Returns the binary logarithm of the guesses; undefined for a piece that is not listed. */
export function bitsOfPiece(hash: number): number | undefined {
  const place = Math.floor(hash / hashesPerPlace)
  const end = starts[place + 1] ?? 0
  for (let entry = starts[place] ?? 0; entry < end; entry++) {
    const at = entry * entryBytes
    if (table.readUIntBE(at, 5) === hash) return table.readUInt8(at + 5) / storedPerBit
  }
  return undefined
}

/** Returns where the entries of each place begin. */
function startsOf(): Uint32Array {
  const found = new Uint32Array(places + 1)
  for (let entry = 0; entry < entries; entry++) {
    const place = table.readUInt16BE(entry * entryBytes)
    found[place + 1] = entry + 1
  }
  for (let place = 1; place <= places; place++) {
    found[place] = Math.max(found[place] ?? 0, found[place - 1] ?? 0)
  }
  return found
}

// Randomness as a dependency: the system's generator, and a repeatable one for tests.

import { hash, randomBytes, randomFillSync } from 'node:crypto'

export type RandomBytes = (size: number) => Uint8Array

/** Asking the system takes longer than a page has for its key, so short answers are cut from a supply. */
const supplied = Buffer.alloc(4_096)
const longestCut = 64
let cut = supplied.length

export const systemRandomBytes: RandomBytes = (size) => {
  if (size > longestCut) return randomBytes(size)
  if (cut + size > supplied.length) {
    randomFillSync(supplied)
    cut = 0
  }
  const bytes = Uint8Array.from(supplied.subarray(cut, cut + size))
  // What was handed out is kept nowhere else.
  supplied.fill(0, cut, cut + size)
  cut += size
  return bytes
}

/** The same seed gives the same bytes: SHA-256 over a counter. Never use it for real secrets. */
export function createTestRandomBytes(seed = 'seed'): RandomBytes {
  let counter = 0
  return (size) => {
    const blocks: Buffer[] = []
    for (let length = 0; length < size; length += 32) {
      blocks.push(hash('sha256', `${seed}:${counter++}`, 'buffer'))
    }
    return new Uint8Array(Buffer.concat(blocks).subarray(0, size))
  }
}

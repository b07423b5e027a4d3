// Randomness as a dependency: the system's generator, and a repeatable one for tests.

import { hash, randomBytes } from 'node:crypto'

export type RandomBytes = (size: number) => Uint8Array

export const systemRandomBytes: RandomBytes = (size) => randomBytes(size)

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

// `node tools/rank-guesses.ts` writes app/accounts/passwords/guessing-ranks.bin from lists by frequency: the rank of a
// text is the number of guesses.
import { writeFileSync } from 'node:fs'
import { dictionary } from '@zxcvbn-ts/language-common'
import { dictionary as english } from '@zxcvbn-ts/language-en'
import { longestPiece, shortestPiece } from '../app/accounts/passwords/guessing-cost.ts'
import {
  addToHash,
  emptyHash,
  entryBytes,
  hashNumber,
  storedPerBit,
} from '../app/accounts/passwords/guessing-ranks.ts'

if (import.meta.main) writeFileSync('app/accounts/passwords/guessing-ranks.bin', rankGuesses())

export function rankGuesses(): Buffer {
  const bitsOf = new Map<number, number>()
  for (const [text, bits] of rankedTexts()) {
    const hash = hashOf(text)
    bitsOf.set(hash, Math.min(bits, bitsOf.get(hash) ?? bits))
  }
  const sorted = [...bitsOf].toSorted(([one], [other]) => one - other)
  const table = Buffer.alloc(sorted.length * entryBytes)
  for (const [entry, [hash, bits]] of sorted.entries()) {
    table.writeUIntBE(hash, entry * entryBytes, 5)
    table.writeUInt8(Math.round(bits * storedPerBit), entry * entryBytes + 5)
  }
  return table
}

/** Returns every listed text with the binary logarithm of its guesses; a text may stand in both lists. */
export function rankedTexts(): readonly (readonly [string, number])[] {
  return [dictionary['passwords-common'], english['commonWords-en']]
    .flatMap((ranked) => ranked.map((text, rank) => [text, Math.log2(rank + 2)] as const))
    .filter(([text]) => text.length >= shortestPiece && text.length <= longestPiece)
}

export function hashOf(text: string): number {
  let hash = emptyHash
  for (let at = 0; at < text.length; at++) hash = addToHash(hash, text.charCodeAt(at))
  return hashNumber(hash)
}

// Estimates how many guesses a cracker needs that combines common passwords and common English words, most frequent
// first. A password costs as much as its cheapest division into pieces.

import { dictionary } from '@zxcvbn-ts/language-common'
import { dictionary as english } from '@zxcvbn-ts/language-en'

/** Bits for a character outside all known pieces. */
const characterBits = 4
const digitBits = 3.3
const repeatedBits = 1
const shortestPiece = 3
const longestPiece = 24

/** About 49,000 leaked passwords and 56,000 English words, by frequency: the rank is the number of guesses. */
const bitsOfPiece: ReadonlyMap<string, number> = new Map(
  [dictionary['passwords-common'], english['commonWords-en']]
    .flatMap((ranked) => ranked.map((text, rank) => [text, Math.log2(rank + 2)] as const))
    .filter(([text]) => text.length >= shortestPiece && text.length <= longestPiece)
    // A text in both lists keeps its lower rank, because the map is filled from the highest rank down.
    .toSorted(([, one], [, other]) => other - one),
)

/** True when the cheapest way to guess a text, normalized by plainText, takes at least that many bits. */
export function costsToGuess(text: string, neededBits: number): boolean {
  const cheapest = [0]
  for (let end = 1; end <= text.length; end++) {
    const single = /\d/.test(text[end - 1] ?? '') ? digitBits : characterBits
    let bits = (cheapest[end - 1] ?? 0) + single
    for (let length = shortestPiece; length <= Math.min(end, longestPiece); length++) {
      const start = end - length
      const piece = bitsOfPiece.get(text.slice(start, end))
      if (piece === undefined) continue
      bits = Math.min(bits, (cheapest[start] ?? 0) + worth(text, start, end, piece))
    }
    cheapest.push(bits)
    if (Math.min(...cheapest.slice(-longestPiece)) >= neededBits) return true
  }
  return (cheapest[text.length] ?? 0) >= neededBits
}

/** A repeated piece adds almost nothing. */
function worth(text: string, start: number, end: number, bits: number): number {
  return text.indexOf(text.slice(start, end)) < start ? repeatedBits : bits
}

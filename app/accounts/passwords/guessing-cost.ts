// How many guesses a text takes, when it is guessed as the cheapest sequence of leaked passwords, English words and
// single characters.
import { addToHash, bitsOfPiece, emptyHash, hashNumber } from './guessing-ranks.ts'

/** Bits for a character outside all known pieces. */
const characterBits = 4
const digitBits = 3.3
const repeatedBits = 1
export const shortestPiece = 3
export const longestPiece = 24

/** True when the cheapest way to guess a text, normalized by plainText, takes at least that many bits. */
export function costsToGuess(text: string, neededBits: number): boolean {
  const cheapest = new Float64Array(text.length + 1).fill(Infinity)
  cheapest[0] = 0
  const reach = (end: number, bits: number): void => {
    cheapest[end] = Math.min(cheapest[end] ?? Infinity, bits)
  }
  for (let start = 0; start < text.length; start++) {
    if (
      Math.min(...cheapest.slice(Math.max(0, start - longestPiece + 1), start + 1)) >= neededBits
    ) {
      return true
    }
    const before = cheapest[start] ?? Infinity
    reach(start + 1, before + (/\d/.test(text[start] ?? '') ? digitBits : characterBits))
    let hash = emptyHash
    for (let end = start + 1; end <= Math.min(text.length, start + longestPiece); end++) {
      hash = addToHash(hash, text.charCodeAt(end - 1))
      if (end - start < shortestPiece) continue
      const bits = bitsOfPiece(hashNumber(hash))
      if (bits !== undefined) reach(end, before + worth(text, start, end, bits))
    }
  }
  return (cheapest[text.length] ?? 0) >= neededBits
}

/** A repeated piece adds almost nothing. */
function worth(text: string, start: number, end: number, bits: number): number {
  return text.indexOf(text.slice(start, end)) < start ? repeatedBits : bits
}

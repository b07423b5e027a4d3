// Any Unicode character, for strings of fast-check: `fc.string({ unit: anyCharacter })`. fast-check's own unit `binary`
// is the same set, but it takes more than a second to make a table of it, and so do paths and addresses of fast-check.
import fc from 'fast-check'

const firstHalfOfPair = 0xd800
const halvesOfPairs = 0x800
const last = 0x10ffff

export const anyCharacter = fc
  .integer({ min: 0, max: last - halvesOfPairs })
  .map(characterOf, positionOf)

function characterOf(position: number): string {
  return String.fromCodePoint(position < firstHalfOfPair ? position : position + halvesOfPairs)
}

/** Lets fast-check mix in texts that are known to break things, such as `__proto__`. */
function positionOf(text: unknown): number {
  const [character = '', ...more] = typeof text === 'string' ? text : ''
  const codePoint = character.codePointAt(0)
  if (codePoint === undefined || more.length > 0) throw new TypeError('Not one character.')
  return codePoint < firstHalfOfPair ? codePoint : codePoint - halvesOfPairs
}

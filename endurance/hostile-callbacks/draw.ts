// Draws the random values of one attack from a seed and the attack's number, with fast-check, so that any attack can be
// repeated alone.
import fc from 'fast-check'

export interface Draw {
  /** Returns an integer from 0 up to, but not including, `end`. */
  readonly below: (end: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <Item>(items: readonly Item[]) => Item
  readonly text: (length: number, letters?: string) => string
  readonly shuffled: <Item>(items: readonly Item[]) => readonly Item[]
}

const base64UrlLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

export function drawFor(seed: number, attack: number): Draw {
  const mixed = Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul(attack + 1, 0x85ebca6b)
  const [value] = fc.sample(fc.gen(), { seed: mixed, numRuns: 1 })
  if (value === undefined) throw new TypeError('fast-check drew nothing.')
  const below = (end: number): number => value(wholeNumber, end)
  return {
    below,
    chance: (probability) => value(fraction) < probability,
    pick: (items) => {
      for (const item of items.slice(below(items.length))) return item
      throw new RangeError('There is nothing to pick from.')
    },
    text: (length, letters = base64UrlLetters) =>
      Array.from({ length }, () => letters[below(letters.length)]).join(''),
    shuffled: (items) => {
      const keyed = items.map((item) => ({ item, key: value(fraction) }))
      return keyed.toSorted((a, b) => a.key - b.key).map(({ item }) => item)
    },
  }
}

/** Draws without fast-check's bias to the ends, which would distort the weights of the attacks. */
function wholeNumber(end: number): fc.Arbitrary<number> {
  return fc.noBias(fc.nat({ max: Math.max(0, end - 1) }))
}

function fraction(): fc.Arbitrary<number> {
  return fc.noBias(fc.nat({ max: 2 ** 30 - 1 })).map((number) => number / 2 ** 30)
}

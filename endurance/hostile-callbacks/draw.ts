// Chance that can be repeated: everything that one attack leaves open is drawn from a seed and the attack's number,
// so that any attack can be run again alone.

export interface Draw {
  /** A whole number from 0, smaller than this. */
  readonly below: (end: number) => number
  readonly chance: (probability: number) => boolean
  readonly pick: <Item>(items: readonly Item[]) => Item
  readonly text: (length: number, letters?: string) => string
  readonly shuffled: <Item>(items: readonly Item[]) => readonly Item[]
}

const base64UrlLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

export function drawFor(seed: number, attack: number): Draw {
  const next = mulberry32(Math.imul(seed | 0, 0x9e3779b1) ^ Math.imul(attack + 1, 0x85ebca6b))
  const below = (end: number): number => Math.floor(next() * end)
  const pick = <Item>(items: readonly Item[]): Item => {
    for (const item of items.slice(below(items.length))) return item
    throw new RangeError('There is nothing to pick from.')
  }
  return {
    below,
    chance: (probability) => next() < probability,
    pick,
    text: (length, letters = base64UrlLetters) =>
      Array.from({ length }, () => letters[below(letters.length)]).join(''),
    shuffled: (items) => {
      const keyed = items.map((item) => ({ item, key: next() }))
      return keyed.toSorted((a, b) => a.key - b.key).map(({ item }) => item)
    },
  }
}

/** Tommy Ettinger's generator of 32 bits: enough for drawing, and the same on every machine. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

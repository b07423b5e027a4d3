// Would a machine try this password early? What is predictable in it is taken out and counts for little:
// repetition, keys or letters in a row, years, common words, the username. What is left must still be long.

import { commonWords } from './common-words.ts'

/** As many characters as ASVS 6.2.1 asks of a password that is not the only factor. */
const neededLength = 8
// A piece that was taken out is worth little more than one character: few others would stand in its place.
const pieceWorth = 1.5

export function isEasilyGuessed(password: string, username: string): boolean {
  const text = shortestPeriod(plain(password))
  const words = [plain(username), ...commonWords]
    .filter((word) => word.length >= 3)
    .toSorted((one, other) => other.length - one.length)
  const { rest, pieces } = takeOut(text, words)
  const worth = Array.from(rest).length + pieceWorth * pieces
  return worth < neededLength || new Set(text).size < 5
}

// Common words are written with look-alikes of letters: p@ssw0rd.
const lookalikes: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '@': 'a',
    '4': 'a',
    '3': 'e',
    '1': 'i',
    '!': 'i',
    '0': 'o',
    $: 's',
    '5': 's',
    '7': 't',
  }),
)

function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

function withoutLookalikes(text: string): string {
  return Array.from(text)
    .map((character) => lookalikes.get(character) ?? character)
    .join('')
}

/** abcabcabc is abc. */
function shortestPeriod(text: string): string {
  const start = (text + text).indexOf(text, 1)
  return start < text.length ? text.slice(0, start) : text
}

type TakenOut = { readonly rest: string; readonly pieces: number }

function takeOut(text: string, words: readonly string[]): TakenOut {
  let rest = ''
  let pieces = 0
  const seen = new Set<string>()
  for (let at = 0; at < text.length;) {
    const length = predictableLength(text, at, words)
    if (length === 0) {
      rest += text[at] ?? ''
      at += 1
    } else {
      // The same piece again adds nothing.
      const piece = text.slice(at, at + length)
      if (!seen.has(piece)) pieces += 1
      seen.add(piece)
      at += length
    }
  }
  return { rest, pieces }
}

function predictableLength(text: string, at: number, words: readonly string[]): number {
  return Math.max(
    rowLength(text, at),
    yearLength(text, at),
    wordLength(text, at, words),
    separatorLength(text, at),
  )
}

// Between words the same sign comes again and again.
function separatorLength(text: string, at: number): number {
  return /[\s._-]/.test(text[at] ?? '') ? 1 : 0
}

const years = /(?:(?:19|20)\d\d)+/y

function yearLength(text: string, at: number): number {
  years.lastIndex = at
  return years.exec(text)?.[0].length ?? 0
}

function wordLength(text: string, at: number, words: readonly string[]): number {
  const rest = text.slice(at, at + longestWord)
  const disguised = withoutLookalikes(rest)
  return words.find((word) => rest.startsWith(word) || disguised.startsWith(word))?.length ?? 0
}

const longestWord = 40

// Rows of letters, digits and keys as they lie on keyboards, there and back, and one key held down.
const rows = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'qwertzuiopü',
  'yxcvbnm',
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  'qazwsxedcrfvtgbyhnujmikolp',
  '1q2w3e4r5t6y7u8i9o0p',
  '!@#$%^&*()',
]
const neighbours: ReadonlySet<string> = new Set(
  rows.flatMap((row) => {
    const pairs = Array.from(row.slice(1), (key, index) => `${row[index] ?? ''}${key}`)
    return [...pairs, ...pairs.map((pair) => Array.from(pair).toReversed().join(''))]
  }),
)

function rowLength(text: string, at: number): number {
  let end = at + 1
  while (end < text.length && follows(text[end - 1] ?? '', text[end] ?? '')) end += 1
  return end - at >= 3 ? end - at : 0
}

function follows(key: string, next: string): boolean {
  return key === next || neighbours.has(key + next)
}

// Tells whether a password cracker would try a password early. Repetition, keyboard rows, alphabet runs, years, common
// words and the username count for little; the rest must still be long enough.

import { commonWords } from './common-words.ts'
import { costsToGuess } from './guessing-cost.ts'
import { isLeaked } from './leaked-passwords.ts'
import { plainText, withoutDisguise } from './plain-text.ts'

/** The length that ASVS 6.2.1 requires of a password that is not the only factor. */
const neededLength = 8
/** Two common passwords in a row fall below this, four unrelated words above. */
const neededBits = 36
// A predictable piece is worth little more than one character, because it has few alternatives.
const pieceWorth = 1.5

export function isEasilyGuessed(password: string, username: string): boolean {
  return isLeaked(password) || isCheap(password) || isPredictable(password, username)
}

function isCheap(password: string): boolean {
  const text = shortestPeriod(plainText(password).replaceAll(/[\s._-]/g, ''))
  return !costsToGuess(text, neededBits) || !costsToGuess(withoutDisguise(text), neededBits)
}

function isPredictable(password: string, username: string): boolean {
  const text = shortestPeriod(plainText(password))
  return !isWorth(text, wordsWith(username)) || new Set(text).size < 5
}

/** Returns abc for abcabcabc. */
function shortestPeriod(text: string): string {
  const start = (text + text).indexOf(text, 1)
  return start < text.length ? text.slice(0, start) : text
}

type Words = { readonly all: ReadonlySet<string>; readonly lengths: readonly number[] }

const shortestWord = 3
const common: readonly string[] = commonWords.filter((word) => word.length >= shortestWord)

function wordsWith(username: string): Words {
  const name = plainText(username)
  const all = new Set(name.length >= shortestWord ? [...common, name] : common)
  const lengths = new Set(Array.from(all, (word) => word.length))
  return { all, lengths: [...lengths].toSorted((one, other) => other - one) }
}

/** True when the text is long enough, with each predictable piece counted as little more than a character. */
function isWorth(text: string, words: Words): boolean {
  const undisguised = withoutDisguise(text)
  let worth = 0
  const seen = new Set<string>()
  for (let at = 0; at < text.length && worth < neededLength;) {
    const length = Math.max(
      rowLength(text, at),
      yearLength(text, at),
      wordLength(text, at, words),
      wordLength(undisguised, at, words),
      separatorLength(text, at),
    )
    const piece = text.slice(at, at + length)
    if (length === 0) worth += 1
    // A repeated piece adds nothing.
    else if (!seen.has(piece)) worth += pieceWorth
    seen.add(piece)
    at += Math.max(1, length)
  }
  return worth >= neededLength
}

// People repeat the same separator between words.
function separatorLength(text: string, at: number): number {
  return /[\s._-]/.test(text[at] ?? '') ? 1 : 0
}

const years = /(?:(?:19|20)\d\d)+/y

function yearLength(text: string, at: number): number {
  years.lastIndex = at
  return years.exec(text)?.[0].length ?? 0
}

function wordLength(text: string, at: number, { all, lengths }: Words): number {
  return lengths.find((length) => all.has(text.slice(at, at + length))) ?? 0
}

// Runs of letters, digits and neighbouring keys, forwards and backwards, and one key held down.
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

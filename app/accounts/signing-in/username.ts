// Validates usernames, and derives the key under which names that read alike are equal (H-06).

import { readsLike } from './lookalike-letters.ts'

export type UsernameReading =
  | { readonly kind: 'username'; readonly username: string; readonly key: string }
  | { readonly kind: 'refused'; readonly message: string }

const shortest = 2
const longest = 32

export function readUsername(given: string): UsernameReading {
  // NFKC may expand one character to eighteen, so the input is truncated to the longest possible username.
  const username = given
    .trim()
    .slice(0, 4 * longest)
    .normalize('NFKC')
  const length = Array.from(username).length
  if (length < shortest || length > longest || given.length > 4 * longest) {
    return refused(`Use ${shortest} to ${longest} characters.`)
  }
  if (!/^[\p{L}\p{M}0-9._-]+$/u.test(username)) {
    return refused('Use letters, digits, dots, hyphens and underscores.')
  }
  if (!/^[\p{L}0-9]/u.test(username) || /\p{M}{4}|[._-]\p{M}/u.test(username)) {
    return refused('Start with a letter or a digit.')
  }
  if (!isOfOneScript(username)) {
    return refused('Use letters of one alphabet only.')
  }
  return { kind: 'username', username, key: usernameKey(username) }
}

/** Returns the key that identifies a username. Every text has one, even an invalid username. */
export function usernameKey(text: string): string {
  const folded = text
    .trim()
    .slice(0, 4 * longest)
    .normalize('NFKC')
    // Upper-casing and then lower-casing is full case folding: ß and ẞ become ss, and both sigmas become one.
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC')
    .replaceAll('ς', 'σ')
    // The dot that remains from the Turkish capital İ.
    .replaceAll('i\u0307', 'i')
  return readsLike(folded)
}

function refused(message: string): UsernameReading {
  return { kind: 'refused', message }
}

// Japanese and Korean mix several scripts (UTS 39, "single script" sets).
const scripts = [
  /^[\p{Script=Latin}\P{L}]*$/u,
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー\P{L}]*$/u,
  /^[\p{Script=Han}\p{Script=Hangul}\P{L}]*$/u,
  /^[\p{Script=Han}\p{Script=Bopomofo}\P{L}]*$/u,
  ...[
    'Greek',
    'Cyrillic',
    'Armenian',
    'Hebrew',
    'Arabic',
    'Devanagari',
    'Bengali',
    'Gurmukhi',
    'Gujarati',
    'Tamil',
    'Telugu',
    'Kannada',
    'Malayalam',
    'Sinhala',
    'Thai',
    'Lao',
    'Georgian',
    'Ethiopic',
    'Khmer',
    'Myanmar',
    'Tibetan',
  ].map((name) => new RegExp(`^[\\p{Script=${name}}\\P{L}]*$`, 'u')),
]

function isOfOneScript(username: string): boolean {
  return scripts.some((script) => script.test(username))
}

// The long passwords of a public list of leaked ones, stored as hash prefixes to save space and keep passwords out of
// the repository. Decision 0011 names the list.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256Base64Url } from '../../support/hash.ts'
import { minimumPasswordLength } from './minimum-length.ts'
import { plainText, withoutDisguise } from './plain-text.ts'
import { wellKnownPhrases } from './well-known-phrases.ts'

/** A leaked password with up to this many digits and signs around it still counts as leaked. */
const longestAddition = 4

export function isLeaked(password: string): boolean {
  const typed = lettersOf(password)
  return [typed, withoutDisguise(typed)].some((text) => {
    const stem = stemOf(text)
    const isAll = text.length - stem.length <= longestAddition
    return listed.has(hashLeaked(text)) || (isAll && listed.has(hashLeaked(stem)))
  })
}

/** Returns the part of a leaked password that the list stores, if it is long enough to matter here. */
export function toListed(password: string): readonly string[] {
  const text = lettersOf(password)
  const stem = stemOf(text)
  return [
    ...(text.length >= minimumPasswordLength ? [text] : []),
    ...(stem.length >= minimumPasswordLength - longestAddition ? [stem] : []),
  ]
}

function lettersOf(password: string): string {
  return plainText(password).replaceAll(/[\s._-]/g, '')
}

function stemOf(text: string): string {
  return text.replace(/^[^\p{L}]{1,8}/u, '').replace(/[^\p{L}]{1,8}$/u, '')
}

/** Returns the first 42 bits of the hash. One in a hundred million new passwords collides with a leaked one. */
export function hashLeaked(text: string): string {
  return sha256Base64Url(text).slice(0, 7)
}

const listed: ReadonlySet<string> = new Set([
  ...readFileSync(join(import.meta.dirname, 'leaked-passwords.txt'), 'utf8')
    .trim()
    .split('\n'),
  ...wellKnownPhrases.map(hashLeaked),
])

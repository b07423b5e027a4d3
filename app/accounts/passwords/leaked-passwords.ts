// The long passwords of a public list of leaked ones, as the beginnings of their hashes: small, and no one's password
// stands in the repository. Decision 0011 names the list.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256Base64Url } from '../../support/hash.ts'
import { minimumPasswordLength } from './minimum-length.ts'
import { plainText, withoutDisguise } from './plain-text.ts'
import { wellKnownPhrases } from './well-known-phrases.ts'

/** Up to this many digits and signs around a leaked password do not make it a new one. */
const longestAddition = 4

export function isLeaked(password: string): boolean {
  const typed = lettersOf(password)
  return [typed, withoutDisguise(typed)].some((text) => {
    const stem = stemOf(text)
    const isAll = text.length - stem.length <= longestAddition
    return listed.has(hashLeaked(text)) || (isAll && listed.has(hashLeaked(stem)))
  })
}

/** Returns what the list keeps of a leaked password: what can be a password here as it is or with an addition. */
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

/** Returns the first 42 bits of the hash. One in a hundred million new passwords has the hash of a leaked one. */
export function hashLeaked(text: string): string {
  return sha256Base64Url(text).slice(0, 7)
}

const listed: ReadonlySet<string> = new Set([
  ...readFileSync(join(import.meta.dirname, 'leaked-passwords.txt'), 'utf8')
    .trim()
    .split('\n'),
  ...wellKnownPhrases.map(hashLeaked),
])

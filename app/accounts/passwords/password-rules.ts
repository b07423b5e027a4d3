// The password rules (decision 0011): long, because it is the only factor (NIST SP 800-63B-4), with any characters, and
// not among those a cracker tries first.

import { isEasilyGuessed } from './guessable.ts'
import { minimumPasswordLength } from './minimum-length.ts'

const maximumBytes = 1_024

/** Returns the problem with a password in words, or undefined when it is allowed. */
export function findPasswordProblem(password: string, username: string): string | undefined {
  // Checked first, so that no other rule processes a long text.
  if (isTooLong(password)) return 'Too long: use 1,024 bytes at most.'
  if (Array.from(password.normalize('NFC')).length < minimumPasswordLength) {
    return `Use at least ${minimumPasswordLength} characters. Try four unrelated words.`
  }
  // All lone surrogates would become the same replacement character.
  if (!password.isWellFormed()) return "This has characters that can't be stored."
  if (isEasilyGuessed(password, username)) {
    return 'That password is too easy to guess. Try less common words.'
  }
  return undefined
}

export function isTooLong(password: string): boolean {
  // Composition shortens a text to a third at most, and is slow for long texts.
  if (password.length > 3 * maximumBytes) return true
  return Buffer.byteLength(password.normalize('NFC'), 'utf8') > maximumBytes
}

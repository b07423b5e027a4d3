// What may be a password: decision 0011. Long, because it is the only factor (NIST SP 800-63B-4); any character may be
// in it; and not one that a machine would try first.

import { isEasilyGuessed } from './guessable.ts'
import { minimumPasswordLength } from './minimum-length.ts'

const maximumBytes = 1_024

/** Returns why it may not be a password, in words; undefined when it may. */
export function findPasswordProblem(password: string, username: string): string | undefined {
  // First, so that no other rule has a long text to work on.
  if (isTooLong(password)) return 'Too long: use 1,024 bytes at most.'
  if (Array.from(password.normalize('NFC')).length < minimumPasswordLength) {
    return `Use at least ${minimumPasswordLength} characters. Try four unrelated words.`
  }
  // Two different halves of characters would become the same replacement character.
  if (!password.isWellFormed()) return "This has characters that can't be stored."
  if (isEasilyGuessed(password, username)) {
    return 'That password is too easy to guess. Try less common words.'
  }
  return undefined
}

export function isTooLong(password: string): boolean {
  // Composing shortens a text to a third at most, and takes long for a long one.
  if (password.length > 3 * maximumBytes) return true
  return Buffer.byteLength(password.normalize('NFC'), 'utf8') > maximumBytes
}

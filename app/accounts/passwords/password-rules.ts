// What may be a password: decision 0011. Long, because it is the only factor (NIST SP 800-63B-4); anything goes
// in it; and not what a machine would try first.

import { isEasilyGuessed } from './guessable.ts'

/** In code points. */
export const minimumPasswordLength = 15
const maximumBytes = 1_024

/** What is wrong with it, in words; undefined when nothing. */
export function findPasswordProblem(password: string, username: string): string | undefined {
  if (Array.from(password.normalize('NFC')).length < minimumPasswordLength) {
    return `Use at least ${minimumPasswordLength} characters. A few unrelated words do well.`
  }
  if (isTooLong(password)) return 'That is too long: use 1,024 bytes at most.'
  // Two different halves of characters would become the same replacement character.
  if (!password.isWellFormed()) return 'That holds characters that cannot be stored.'
  if (isEasilyGuessed(password, username)) {
    return 'That is easily guessed: it is mostly repetition, keys in a row or very common words.'
  }
  return undefined
}

export function isTooLong(password: string): boolean {
  return Buffer.byteLength(password.normalize('NFC'), 'utf8') > maximumBytes
}

// Hashes passwords for storage and verifies them. Every verification costs one hash, even when the account does not
// exist.

import { timingSafeEqual } from 'node:crypto'
import type { RandomBytes } from '../../support/random.ts'
import type { Argon2id, Argon2Parameters } from './argon2id.ts'
import { busy, createHashQueue, type HashQueueSize } from './hash-queue.ts'
import { formatPasswordHash, parsePasswordHash, type PasswordHash } from './password-hash.ts'
import { isTooLong } from './password-rules.ts'

export type Passwords = {
  readonly hash: (password: string) => Promise<Hashing>
  /** `storedHash` is undefined when no account has the username; the result is then wrong, at the usual cost. */
  readonly verify: (
    password: string,
    storedHash: string | undefined,
    options?: { readonly first?: boolean },
  ) => Promise<Verification>
}

export type Hashing = { readonly kind: 'hashed'; readonly hash: string } | { readonly kind: 'busy' }
export type Verification =
  | { readonly kind: 'right'; readonly isOutdated: boolean }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'busy' }

/** OWASP's minimum and ASVS 11.4.2 (decision 0011). */
export const argon2Parameters: Argon2Parameters = { memoryKib: 19_456, passes: 2, parallelism: 1 }

// Node's pool has four threads. One stays free for files and DNS.
const queueSize: HashQueueSize = { running: 3, waiting: 50 }
const saltBytes = 16
const tagBytes = 32

export type PasswordsOptions = {
  readonly randomBytes: RandomBytes
  readonly argon2id: Argon2id
  readonly parameters?: Argon2Parameters
  readonly queue?: HashQueueSize
}

export function createPasswords(options: PasswordsOptions): Passwords {
  const { randomBytes, argon2id, parameters = argon2Parameters } = options
  const inQueue = createHashQueue(options.queue ?? queueSize)
  // The hash compared for unknown accounts, read anew each time as a stored one is. No known password matches it.
  const decoy: PasswordHash = {
    parameters,
    salt: randomBytes(saltBytes),
    tag: randomBytes(tagBytes),
  }
  const storedDecoy = formatPasswordHash(decoy)

  function derive(
    password: string,
    like: Omit<PasswordHash, 'tag'>,
    { length, first = false }: { readonly length: number; readonly first?: boolean },
  ) {
    const { salt, parameters } = like
    return inQueue(() => argon2id({ password: stable(password), salt, parameters, length }), {
      first,
    })
  }

  return {
    hash: async (password) => {
      const salt = randomBytes(saltBytes)
      const tag = await derive(password, { parameters, salt }, { length: tagBytes })
      if (tag === busy) return { kind: 'busy' }
      return { kind: 'hashed', hash: formatPasswordHash({ parameters, salt, tag }) }
    },
    verify: async (password, storedHash, { first = false } = {}) => {
      const read = parsePasswordHash(storedHash ?? storedDecoy)
      const stored = storedHash === undefined ? undefined : read
      const compared = read ?? decoy
      const isHashed = !isTooLong(password)
      const { length } = compared.tag
      const tag = await derive(isHashed ? password : '', compared, { length, first })
      if (tag === busy) return { kind: 'busy' }
      const isRight = timingSafeEqual(tag, compared.tag)
      if (!isRight || stored === undefined || !isHashed) return { kind: 'wrong' }
      return { kind: 'right', isOutdated: !areEqual(stored.parameters, parameters) }
    },
  }
}

// Other systems may send the same password in a different Unicode composition (RFC 8265 §4.2.2).
function stable(password: string): string {
  return password.normalize('NFC')
}

function areEqual(one: Argon2Parameters, other: Argon2Parameters): boolean {
  return (
    one.memoryKib === other.memoryKib &&
    one.passes === other.passes &&
    one.parallelism === other.parallelism
  )
}

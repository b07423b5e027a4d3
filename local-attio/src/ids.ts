// Creates ids and secrets: random ones, and sequential ones for tests.
import { randomBytes, randomUUID } from 'node:crypto'

export type Ids = {
  /** A UUID, version 4. */
  uuid(): string
  /** 64 lower-case hexadecimal characters: tokens, client secrets, webhook secrets. */
  secret(): string
}

/** Creates ids that cannot be guessed. */
export function createRandomIds(): Ids {
  return { uuid: () => randomUUID(), secret: () => randomBytes(32).toString('hex') }
}

/** Creates ids that are the same in every run: 1, 2, 3 … For tests only. */
export function createCountingIds(): Ids {
  let count = 0
  return {
    uuid: () => fixedUuid(0, 0, (count += 1)),
    secret: () => `${(count += 1)}`.padStart(64, '0'),
  }
}

/** Returns a UUID that shows its meaning: a kind (task, record …), a place (a workspace) and a number. */
export function fixedUuid(family: number, place: number, number: number): string {
  const head = family.toString(16).padStart(8, '0')
  const middle = place.toString(16).padStart(3, '0')
  return `${head}-0000-4000-8${middle}-${number.toString(16).padStart(12, '0')}`
}

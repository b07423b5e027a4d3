// Accounts for tests: cheap hashes, a clock that tests set, generous limits, and one signed-up person.

import type { Database } from '../database/open-database.ts'
import { createTestClock, type TestClock } from '../support/clock.ts'
import { createIds } from '../support/ids.ts'
import { createTestLogger, type TestLogger } from '../support/logger.ts'
import { systemRandomBytes } from '../support/random.ts'
import { Secret } from '../support/secret.ts'
import { createAccounts, type Accounts, type AccountsOptions, type Client } from './accounts.ts'
import { createArgon2id, type Argon2Parameters } from './passwords/argon2id.ts'
import { createLimits } from './limits/limits.ts'
import type { FactorSealer } from './second-factor/factor-sealer.ts'
import { createPasswords } from './passwords/password-hasher.ts'
import type { SignedIn } from './sessions/start-session.ts'

export const cheapParameters: Argon2Parameters = { memoryKib: 8, passes: 1, parallelism: 1 }

export type TestAccounts = Accounts & {
  readonly clock: TestClock
  readonly logger: TestLogger
  /** The number of hashes made so far. */
  readonly hashes: () => number
  /** Signs up; the password is `rightPassword`. */
  readonly add: (username?: string) => Promise<SignedIn>
}

export const rightPassword = 'eleven blue kettles whistle'
export const otherPassword = 'a walrus paints the harbour'
export const client: Client = { address: '192.0.2.7', userAgent: 'Test browser' }

export function createTestAccounts(
  database: Database,
  options: Partial<AccountsOptions> & { readonly clock?: TestClock } = {},
): TestAccounts {
  const clock = options.clock ?? createTestClock()
  const logger = createTestLogger(clock)
  let hashes = 0
  const argon2id = createArgon2id()
  const accounts = createAccounts({
    database,
    ids: createIds(clock, systemRandomBytes),
    randomBytes: systemRandomBytes,
    logger,
    passwords: createPasswords({
      randomBytes: systemRandomBytes,
      parameters: cheapParameters,
      argon2id: (input) => {
        hashes += 1
        return argon2id(input)
      },
    }),
    factorSealer: sealerForTests,
    limits: createLimits({ database, clock, rules: generousRules }),
    ...options,
    clock,
  })
  return {
    ...accounts,
    clock,
    logger,
    hashes: () => hashes,
    add: async (username = 'alice') => {
      const outcome = await accounts.signUp({ username, password: rightPassword }, client)
      if (outcome.kind !== 'signed-in') throw new Error(`signing up: ${outcome.kind}`)
      return outcome
    },
  }
}

/** Reverses the text, and opens it only in its place. */
export const sealerForTests: FactorSealer = {
  seal: ({ accountId, rowId }, secret) =>
    `v1.k1.${reversed(secret.reveal())}.${accountId}.${rowId}`,
  open: ({ accountId, rowId }, sealed) => {
    const [, , text = '', ...place] = sealed.split('.')
    return place.join('.') === `${accountId}.${rowId}` ? new Secret(reversed(text)) : undefined
  },
}

const reversed = (text: string): string => Array.from(text).toReversed().join('')

export const generousRules = {
  signUpsPerHourAndAddress: 100_000,
  passwordsPerMinuteAndAddress: 100_000,
  passwordsPerMinute: 100_000,
  failuresBeforeWaiting: 100_000,
  resetsPerHourAndAddress: 100_000,
  mailsPerHour: 100_000,
}

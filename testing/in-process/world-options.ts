// What a test can choose of its world, and what every world has.
import type { LocalAttioOptions } from '@taskr/local-attio'
import type { Surroundings } from '../../app/compose.ts'
import type { Clock, TestClock } from '../../app/support/clock.ts'

type Limits = NonNullable<Surroundings['limits']>

export interface WorldOptions {
  /** Default: a new SQLite file. */
  readonly databaseUrl?: string
  readonly attio?: LocalAttioOptions
  readonly environment?: Readonly<Record<string, string>>
  /** Default http://localhost:3050. */
  readonly publicUrl?: string
  /** The scopes of the app at Attio; default those that Taskr needs. */
  readonly scopes?: readonly string[]
  /** Default: the limits of production. */
  readonly limits?: Limits | 'none'
  /** The real milliseconds after which a call to Attio ends, where one never answers; default 10,000. */
  readonly attioDeadlineMs?: number
  /** Wraps the database. */
  readonly betweenDatabase?: NonNullable<Surroundings['betweenDatabase']>
  /** True while the process shall count as too busy. */
  readonly isLate?: NonNullable<Surroundings['isLate']>
  /** Called at each named point of sending a change; may stop there. */
  readonly reached?: NonNullable<Surroundings['reached']>
  /** Taskr's clock; default the clock of the local Attio. */
  readonly taskrClock?: (clock: TestClock) => Clock
  /** Wraps the calls to Attio. */
  readonly fetch?: (real: typeof globalThis.fetch) => typeof globalThis.fetch
}

export const taskrOrigin = 'http://localhost:3050'
export const password = 'walnut tram under orchid'
export const scopes = [
  'task:read-write',
  'user_management:read',
  'object_configuration:read',
  'record_permission:read',
  'webhook:read-write',
]

export const scopesWithNotes = [...scopes, 'note:read-write']

/** Cheap password hashing: tests sign up thousands of times. */
export const cheapPasswords = { memoryKib: 8, passes: 1, parallelism: 1 }

/** No limits, for tests that repeat a limited action thousands of times. */
export const noLimits: Limits = {
  accounts: {
    signUpsPerHourAndAddress: 1e9,
    passwordsPerMinuteAndAddress: 1e9,
    passwordsPerMinute: 1e9,
    exportsPerHourAndAccount: 1e9,
    failuresBeforeWaiting: 1e9,
    resetsPerHourAndAddress: 1e9,
    mailsPerHour: 1e9,
  },
  connecting: {
    beginningsPerAccount: 1e9,
    beginningsPerAddress: 1e9,
    notedRefusalsPerAccount: 1e9,
  },
}

// The surroundings that Taskr is built in: time, randomness, the network, a log, and settings for tests.
import type { Argon2Parameters, LimitRules } from '../accounts/accounts.ts'
import type { ConnectLimitRules, PermitCounts } from '../connections/connections.ts'
import type { Database } from '../database/open-database.ts'
import type { Clock } from '../support/clock.ts'
import type { Logger } from '../support/logger.ts'
import type { RandomBytes } from '../support/random.ts'
import type { SendingStep } from '../tasks/tasks.ts'
import type { Assets } from '../web/assets/assets.ts'

export interface Surroundings {
  readonly clock: Clock
  readonly randomBytes: RandomBytes
  readonly fetch: typeof globalThis.fetch
  readonly logger: Logger
  /** True while the process is too busy to answer in time. */
  readonly isLate?: () => boolean
  /** The built script and styles; bundled in memory when absent, as in development. */
  readonly assets?: Assets
  /** For tests that do in a second what people do in a year. */
  readonly limits?: {
    readonly accounts?: Partial<LimitRules>
    readonly connecting?: Partial<ConnectLimitRules>
    /** The permits for calls to Attio per second, over all nodes; or permits on a clock other than the test's. */
    readonly attio?: PermitCounts | 'by this clock'
  }
  /** For tests with an Attio that never answers: the milliseconds after which a call ends. */
  readonly attioDeadlineMs?: number
  /** For tests with a failing database: wraps the database that Taskr opened. */
  readonly betweenDatabase?: (database: Database) => Database
  /** For tests that interrupt the sending of a change at a chosen step. */
  readonly reached?: (step: SendingStep) => Promise<void>
  /** For tests, whose passwords protect nothing: the cost of hashing one. */
  readonly unsafePasswordCost?: Argon2Parameters
  /** For tests, whose PostgreSQL is fast instead of durable. */
  readonly unsafelySkipDurabilityCheck?: boolean
}

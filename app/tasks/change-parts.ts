// The dependencies of the functions that record and send changes, built once in compose.ts.
import type { Connections } from '../connections/connections.ts'
import type { Database } from '../database/open-database.ts'
import type { Live } from '../live/live.ts'
import type { Background } from '../work/work.ts'
import type { Clock } from '../support/clock.ts'
import type { Ids } from '../support/ids.ts'
import type { Logger } from '../support/logger.ts'
import type { RandomBytes } from '../support/random.ts'
import type { SendingStep } from './sending/sending-steps.ts'

export interface ChangeParts {
  readonly database: Database
  readonly connections: Pick<Connections, 'callAttio' | 'find' | 'list' | 'lockAccess'>
  readonly live: Pick<Live, 'changed'>
  readonly background: Background
  readonly clock: Clock
  readonly ids: Ids
  readonly randomBytes: RandomBytes
  readonly logger: Logger
  /** Called at each sending step; tests use it to stop a worker there. */
  readonly reached: (step: SendingStep) => Promise<void>
}

// What the functions of this folder are made of, built once in compose.ts.
import type { Connections } from '../connections/connections.ts'
import type { Database } from '../database/open-database.ts'
import type { Live } from '../live/live.ts'
import type { Clock } from '../support/clock.ts'
import type { Logger } from '../support/logger.ts'
import type { ConnectionId } from '../support/ids.ts'
import type { ChangesUnderWay } from './pending.ts'
import type { PageOptions } from './read-every-task.ts'

export interface MirrorParts {
  readonly database: Database
  readonly connections: Pick<Connections, 'callAttio'>
  readonly clock: Clock
  readonly logger: Logger
  readonly live: Pick<Live, 'changed'>
  readonly changes: ChangesUnderWay
  /** Of which of these connections Attio tells Taskr what changes. */
  readonly listTold: (connectionIds: readonly ConnectionId[]) => Promise<ReadonlySet<ConnectionId>>
  /** Default: as many as Attio gives at once, and enough in common. For tests, smaller. */
  readonly pages?: PageOptions
}

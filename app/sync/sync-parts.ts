// The dependencies of the functions in this folder, built once in compose.ts.
import type { Connections, Seats } from '../connections/connections.ts'
import type { Database } from '../database/open-database.ts'
import type { Live } from '../live/live.ts'
import type { Clock } from '../support/clock.ts'
import type { Logger } from '../support/logger.ts'
import type { RandomBytes } from '../support/random.ts'
import type { AccountId, ConnectionId, Ids } from '../support/ids.ts'
import type { PageOptions } from './read-every-task.ts'

export interface SyncParts {
  readonly database: Database
  readonly connections: Pick<Connections, 'callAttio' | 'check' | 'list'>
  readonly clock: Clock
  readonly logger: Logger
  readonly live: Pick<Live, 'changed'>
  readonly ids: Ids
  readonly randomBytes: RandomBytes
  readonly seats: Pick<Seats, 'endWithoutMember'>
  /** Requests that names are read without a full sync, at once and again until Attio answers. */
  readonly readSoon: (
    owner: { readonly accountId: AccountId; readonly connectionId: ConnectionId },
    what: 'names' | 'members',
  ) => Promise<void>
  /** Page size and overlap; Attio's default page size when absent. Tests use smaller pages. */
  readonly pages?: PageOptions
}

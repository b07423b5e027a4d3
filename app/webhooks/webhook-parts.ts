// The dependencies of the functions in this folder, built once in compose.ts.
import type { Accounts } from '../accounts/accounts.ts'
import type { Connections } from '../connections/connections.ts'
import type { Sealer } from '../connections/connections.ts'
import type { Database } from '../database/open-database.ts'
import type { Live } from '../live/live.ts'
import type { Sync } from '../sync/sync.ts'
import type { Background } from '../work/work.ts'
import type { Clock } from '../support/clock.ts'
import type { AccountId, ConnectionId, Ids } from '../support/ids.ts'
import type { Logger } from '../support/logger.ts'
import type { RandomBytes } from '../support/random.ts'

export interface WebhookParts {
  readonly database: Database
  readonly accounts: Pick<Accounts, 'recordEvent'>
  readonly connections: Pick<Connections, 'callAttio' | 'check' | 'find'>
  readonly sync: Pick<Sync, 'refetch' | 'readMembers' | 'readNames' | 'syncByTime' | 'syncNow'>
  readonly sealer: Sealer
  readonly clock: Clock
  readonly ids: Ids
  readonly randomBytes: RandomBytes
  readonly logger: Logger
  readonly live: Pick<Live, 'changed'>
  readonly background: Background
  /** The address that Attio delivers to, up to the key; undefined where Attio cannot reach Taskr. */
  readonly target: string | undefined
}

export interface Owner {
  readonly accountId: AccountId
  readonly connectionId: ConnectionId
}

// The right to sync a connection, as a lease of its mirror's row.
import type { ConnectionId } from '../support/ids.ts'
import { createLease } from '../work/work.ts'
import { syncEveryMs } from './schedule.ts'

/** The longest that a sync waits for anything. */
export const longestSyncWaitMs = syncEveryMs.live

export const syncLease = createLease({
  lastsMs: 60_000,
  dueColumn: 'next_sync_at',
  longestWaitMs: longestSyncWaitMs,
})

/** A sync's hold of that lease, while it lasts. */
export interface MirrorLease {
  readonly connectionId: ConnectionId
  readonly number: number
  /** How many syncs in a row failed before this one. */
  readonly failuresInARow: number
}

// Starts a background sync of every copy that is due. One that fails, takes long or cannot even start delays no
// other.
import type { SyncParts } from './sync-parts.ts'
import { listDueMirrors, postponeSync, type DueMirror } from './mirror-store.ts'
import { syncEveryMs } from './schedule.ts'

/** A node syncs this many in a few seconds; the rest is still due in the next round. */
const atATime = 50

export type BeginSync = (
  owner: Pick<DueMirror, 'accountId' | 'connectionId'>,
  /** The sync is skipped when the copy is younger than this. */
  olderThan: number,
) => void

/** Returns how many syncs it started. */
export async function syncDueMirrors(
  parts: Pick<SyncParts, 'clock' | 'database'>,
  begin: BeginSync,
): Promise<number> {
  const at = parts.clock.now()
  const due = await listDueMirrors(parts.database.db, { at, limit: atATime })
  let begun = 0
  for (const mirror of due) {
    const restsUntil = restOf(mirror, at)
    if (restsUntil === undefined) {
      begin(mirror, at)
      begun += 1
    } else {
      const { connectionId, nextSyncAt } = mirror
      await postponeSync(parts.database.db, connectionId, { from: nextSyncAt, to: restsUntil })
    }
  }
  return begun
}

/**
 * Returns until when a copy with a live webhook can wait; undefined when it is due now. Time alone makes it due only
 * after six hours.
 */
function restOf({ asOf, isDueAnyway, isLive }: DueMirror, at: number): number | undefined {
  if (isDueAnyway || asOf === undefined || !isLive) return undefined
  const until = asOf + syncEveryMs.live
  return until <= at || asOf > at ? undefined : Math.min(until, at + syncEveryMs.polled)
}

// The worker's part: begins a walk, in the background, of whatever copy is due. One that fails, takes long or cannot even
// be begun holds up nobody else.
import type { ConnectionId } from '../support/ids.ts'
import type { SyncParts } from './sync-parts.ts'
import { listDueMirrors, postponeSync, type DueMirror } from './mirror-store.ts'
import { syncEveryMs } from './schedule.ts'

/** As many as a node walks in a few seconds; the rest is due the next time. */
const atATime = 50

export type BeginSync = (
  owner: Pick<DueMirror, 'accountId' | 'connectionId'>,
  /** Not needed any more when the copy is younger. */
  olderThan: number,
) => void

/** Returns how many it began. */
export async function syncDueMirrors(
  parts: Pick<SyncParts, 'clock' | 'database' | 'listLive'>,
  begin: BeginSync,
): Promise<number> {
  const at = parts.clock.now()
  const due = await listDueMirrors(parts.database.db, { at, limit: atATime })
  const live = await parts.listLive(due.map(({ connectionId }) => connectionId))
  let begun = 0
  for (const mirror of due) {
    const restsUntil = restOf(mirror, live, at)
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

/** Where Attio tells what changes, time alone is no reason to walk for six hours. */
function restOf(
  { asOf, connectionId, isDueAnyway }: DueMirror,
  live: ReadonlySet<ConnectionId>,
  at: number,
): number | undefined {
  if (isDueAnyway || asOf === undefined || !live.has(connectionId)) return undefined
  const until = asOf + syncEveryMs.live
  return until <= at || asOf > at ? undefined : Math.min(until, at + syncEveryMs.polled)
}

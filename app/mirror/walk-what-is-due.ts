// The worker's part: begins a walk, in the background, of whatever copy is due. One that fails, takes long or cannot even
// be begun holds up nobody else.
import type { ConnectionId } from '../support/ids.ts'
import type { MirrorParts } from './mirror-parts.ts'
import { listDueMirrors, postponeWalk, type DueMirror } from './mirror-store.ts'
import { walkEveryMs } from './schedule.ts'

/** As many as a node walks in a few seconds; the rest is due the next time. */
const atATime = 50

export type BeginWalk = (
  owner: Pick<DueMirror, 'accountId' | 'connectionId'>,
  /** Not needed any more when the copy is younger. */
  olderThan: number,
) => void

/** Returns how many it began. */
export async function walkWhatIsDue(
  parts: Pick<MirrorParts, 'clock' | 'database' | 'listTold'>,
  begin: BeginWalk,
): Promise<number> {
  const at = parts.clock.now()
  const due = await listDueMirrors(parts.database.db, { at, limit: atATime })
  const told = await parts.listTold(due.map(({ connectionId }) => connectionId))
  let begun = 0
  for (const mirror of due) {
    const restsUntil = restOf(mirror, told, at)
    if (restsUntil === undefined) {
      begin(mirror, at)
      begun += 1
    } else {
      const { connectionId, nextWalkAt } = mirror
      await postponeWalk(parts.database.db, connectionId, { from: nextWalkAt, to: restsUntil })
    }
  }
  return begun
}

/** Where Attio tells what changes, time alone is no reason to walk for six hours. */
function restOf(
  { asOf, connectionId, isDueAnyway }: DueMirror,
  told: ReadonlySet<ConnectionId>,
  at: number,
): number | undefined {
  if (isDueAnyway || asOf === undefined || !told.has(connectionId)) return undefined
  const until = asOf + walkEveryMs.told
  return until <= at || asOf > at ? undefined : Math.min(until, at + walkEveryMs.untold)
}

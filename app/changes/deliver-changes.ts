// The worker: claims what is due, carries a few at a time, and goes on until nothing is due. Connections take turns, and
// none has more than two changes under way, so that one with thousands does not hold up another with one.
import type { ConnectionId } from '../support/ids.ts'
import { carryChange } from './carry-change.ts'
import type { ChangeParts } from './change-parts.ts'
import { claimDue } from './change-queue-store.ts'
import type { StoredChange } from './stored-change.ts'

const atOnce = 8
const atOncePerConnection = 2
const leaseMs = 60_000

/** Returns how many attempts were made. */
export async function deliverDue(parts: ChangeParts, signal?: AbortSignal): Promise<number> {
  const underWay = new Map<StoredChange, Promise<void>>()
  let attempts = 0
  const start = (change: StoredChange): void => {
    attempts += 1
    const carried = carryChange(parts, change, signal)
      .catch((error: unknown) => {
        // One bad row never stops the others (RL-35).
        parts.logger.error('changes.failed', { changeId: change.changeId, error })
      })
      .finally(() => underWay.delete(change))
    underWay.set(change, carried)
  }
  while (signal?.aborted !== true) {
    const at = parts.clock.now()
    const claimed = await claim(parts, [...underWay.keys()], at)
    for (const change of claimed) start(change)
    if (claimed.length > 0 && underWay.size < atOnce) continue
    if (underWay.size === 0) return attempts
    await Promise.race(underWay.values())
  }
  await Promise.all(underWay.values())
  return attempts
}

async function claim(
  { database, logger }: ChangeParts,
  underWay: readonly StoredChange[],
  at: number,
): Promise<readonly StoredChange[]> {
  const counts = new Map<ConnectionId, number>()
  for (const { connectionId } of underWay) {
    counts.set(connectionId, (counts.get(connectionId) ?? 0) + 1)
  }
  const except = [...counts].flatMap(([connectionId, count]) =>
    count < atOncePerConnection ? [] : [connectionId],
  )
  const count = atOnce - underWay.length
  if (count <= 0) return []
  const claimed = await claimDue(database.db, { at, until: at + leaseMs, count, except })
  for (const changeId of claimed.unreadable) logger.error('changes.unreadable', { changeId })
  return claimed.changes
}

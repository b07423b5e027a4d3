// The worker: claims what is due, carries a few at a time, and goes on until nothing is due. Connections take turns, and
// none has more than two changes under way, so that one with thousands does not hold up another with one.
import type { ConnectionId } from '../../support/ids.ts'
import { sendChange } from './send-change.ts'
import type { ChangeParts } from '../change-parts.ts'
import { claimDue, type Claimed } from '../rows/change-queue-store.ts'
import type { StoredChange } from '../rows/stored-change.ts'

const atOnce = 8
const atOncePerConnection = 2
const leaseMs = 60_000

/** Returns how many attempts were made. */
export async function sendDueChanges(parts: ChangeParts, signal?: AbortSignal): Promise<number> {
  const underWay = new Map<StoredChange, Promise<void>>()
  let attempts = 0
  let after: ConnectionId | undefined
  const start = (change: StoredChange): void => {
    attempts += 1
    const sent = sendChange(parts, change, signal)
      .catch((error: unknown) => {
        // One bad row never stops the others (RL-35).
        parts.logger.error('changes.failed', { changeId: change.changeId, error })
      })
      .finally(() => underWay.delete(change))
    underWay.set(change, sent)
  }
  while (signal?.aborted !== true) {
    const claimed = await claim(parts, [...underWay.keys()], after)
    after = claimed.after
    for (const change of claimed.changes) start(change)
    if (claimed.changes.length > 0 && underWay.size < atOnce) continue
    if (underWay.size === 0) return attempts
    await Promise.race(underWay.values())
  }
  await Promise.all(underWay.values())
  return attempts
}

async function claim(
  { clock, database, logger }: ChangeParts,
  underWay: readonly StoredChange[],
  after: ConnectionId | undefined,
): Promise<Claimed> {
  const at = clock.now()
  const claimed = await claimDue(database.db, {
    at,
    until: at + leaseMs,
    count: atOnce - underWay.length,
    roomOf: (connectionId) =>
      atOncePerConnection -
      underWay.filter((change) => change.connectionId === connectionId).length,
    after,
  })
  for (const changeId of claimed.unreadable) logger.error('changes.unreadable', { changeId })
  return claimed
}

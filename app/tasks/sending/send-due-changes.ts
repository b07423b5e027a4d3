// Claims due changes and sends a few at a time, until none is due. Connections are served round-robin, at most two
// changes at a time each, so that one with thousands of changes or hanging calls does not delay the others.
import { setImmediate } from 'node:timers/promises'
import type { ConnectionId } from '../../support/ids.ts'
import { sendChange } from './send-change.ts'
import type { ChangeParts } from '../change-parts.ts'
import { claimDue, type Claimed } from '../change-rows/change-queue-store.ts'
import { createWakeUps, type WakeUps } from '../../work/work.ts'
import type { StoredChange } from '../change-rows/stored-change.ts'

const atOnce = 8
const atOncePerConnection = 2

export interface ChangeSender {
  /** Sends changes until none is due. Returns how many attempts were made; 0 when this node is sending already. */
  readonly sendDue: (signal?: AbortSignal) => Promise<number>
  /** Makes a running sender check for due changes at once, even while its calls are pending. */
  readonly wakeUp: () => void
}

/** Creates the sender of a node. Its limits are per node, since it has one run at a time. */
export function createChangeSender(parts: ChangeParts): ChangeSender {
  let isRunning = false
  const wakeUps = createWakeUps()
  return {
    wakeUp: wakeUps.request,
    sendDue: async (signal) => {
      wakeUps.request()
      if (isRunning) return 0
      isRunning = true
      try {
        return await sendUntilNoneIsDue(parts, wakeUps, signal)
      } finally {
        isRunning = false
      }
    },
  }
}

async function sendUntilNoneIsDue(
  parts: ChangeParts,
  wakeUps: WakeUps,
  signal?: AbortSignal,
): Promise<number> {
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
    // The answer to the person who made the change leaves first: on SQLite, a claim holds the process until the disk has it.
    await setImmediate()
    wakeUps.take()
    const requested = wakeUps.requested()
    const claimed = await claim(parts, [...underWay.keys()], after)
    after = claimed.after
    for (const change of claimed.changes) start(change)
    if (claimed.changes.length > 0 && underWay.size < atOnce) continue
    if (underWay.size > 0) await Promise.race([requested, ...underWay.values()])
    // A change that was recorded during the claim may have been missed.
    else if (!wakeUps.take()) return attempts
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
    count: atOnce - underWay.length,
    roomOf: (connectionId) =>
      atOncePerConnection -
      underWay.filter((change) => change.connectionId === connectionId).length,
    isUnderWay: (changeId) => underWay.some((change) => change.changeId === changeId),
    after,
  })
  for (const changeId of claimed.unreadable) logger.error('changes.unreadable', { changeId })
  return claimed
}

// Collects which sessions were used, so that a page view writes nothing: their "last seen" is written together, once a
// minute. Only the first view in an hour writes at once, so that a session in use never ends as idle.

import type { AccountParts } from '../account-parts.ts'
import type { AccountId, SessionId } from '../../support/ids.ts'
import { sessionSeenEveryMs, sessionSeenLatestMs } from './session-lifetime.ts'
import { noteSessionsSeen, type StoredSession } from './session-store.ts'

export type SeenSessions = {
  readonly note: (session: StoredSession, at: number) => Promise<void>
  /** Writes what was noted since the last time. Never throws: reading must still work when the disk is full (RL-22). */
  readonly write: () => Promise<void>
}

/** A node that cannot write forgets sessions beyond this many. */
const mostNoted = 100_000

export function createSeenSessions({
  clock,
  database,
  logger,
}: Pick<AccountParts, 'clock' | 'database' | 'logger'>): SeenSessions {
  const noted = new Map<SessionId, AccountId>()
  const write = async (): Promise<void> => {
    const sessions = [...noted].map(([sessionId, accountId]) => ({ accountId, sessionId }))
    try {
      await noteSessionsSeen(database.db, sessions, clock.now())
      for (const { sessionId } of sessions) noted.delete(sessionId)
    } catch (error) {
      logger.warn('accounts.last-seen-not-written', { error })
    }
  }
  return {
    note: async ({ accountId, lastSeenAt, sessionId }, at) => {
      if (at - lastSeenAt < sessionSeenEveryMs || noted.size >= mostNoted) return
      noted.set(sessionId, accountId)
      if (at - lastSeenAt >= sessionSeenLatestMs) await write()
    },
    write,
  }
}

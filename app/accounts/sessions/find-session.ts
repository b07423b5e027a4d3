// Finds the session of a cookie, or undefined when the cookie has no working session.

import { sha256Base64Url } from '../../support/hash.ts'
import type { AccountParts } from '../account-parts.ts'
import { findAccount } from '../own-account/account-store.ts'
import { sessionSeenEveryMs } from './session-lifetime.ts'
import { findSessionByCookie, noteSessionSeen, type StoredSession } from './session-store.ts'
import type { Session } from './session.ts'

// 256 bits in base64url.
const cookieShape = /^[A-Za-z0-9_-]{43}$/

export async function findSession(
  parts: AccountParts,
  cookieValue: string,
): Promise<Session | undefined> {
  if (!cookieShape.test(cookieValue)) return undefined
  const { db } = parts.database
  const now = parts.clock.now()
  const stored = await findSessionByCookie(db, sha256Base64Url(cookieValue), now)
  if (stored === undefined) return undefined
  const account = await findAccount(db, stored.accountId)
  if (account === undefined) return undefined
  if (now - stored.lastSeenAt >= sessionSeenEveryMs) await noteSeen(parts, stored, now)
  return {
    sessionId: stored.sessionId,
    accountId: stored.accountId,
    username: account.username,
    timeZone: account.timeZone,
    createdAt: stored.createdAt,
    passwordConfirmedAt: stored.passwordConfirmedAt,
  }
}

// Reading must still work when the disk is full (RL-22).
async function noteSeen(
  { database, logger }: AccountParts,
  stored: StoredSession,
  now: number,
): Promise<void> {
  try {
    await noteSessionSeen(database.db, stored, now)
  } catch (error) {
    logger.warn('accounts.last-seen-not-written', { error })
  }
}

// Finds the session of a cookie, or undefined when the cookie has no working session.

import { sha256Base64Url } from '../../support/hash.ts'
import type { AccountParts } from '../account-parts.ts'
import type { SeenSessions } from './seen-sessions.ts'
import { findSessionByCookie } from './session-store.ts'
import type { Session } from './session.ts'

// 256 bits in base64url.
const cookieShape = /^[A-Za-z0-9_-]{43}$/

export async function findSession(
  parts: AccountParts,
  seen: Pick<SeenSessions, 'note'>,
  cookieValue: string,
): Promise<Session | undefined> {
  if (!cookieShape.test(cookieValue)) return undefined
  const { db } = parts.database
  const now = parts.clock.now()
  const stored = await findSessionByCookie(db, sha256Base64Url(cookieValue), now)
  if (stored === undefined) return undefined
  await seen.note(stored, now)
  return {
    sessionId: stored.sessionId,
    accountId: stored.accountId,
    username: stored.username,
    timeZone: stored.timeZone,
    createdAt: stored.createdAt,
    confirmedAt: stored.confirmedAt,
    providerConfirmedAt: stored.providerConfirmedAt,
    isOperator: stored.isOperator,
    sees: stored.sees,
  }
}

// Finds the session of a cookie, or undefined when the cookie has no working session.

import { sha256Base64Url } from '../../support/hash.ts'
import type { AccountParts } from '../account-parts.ts'
import type { SeenSessions } from './seen-sessions.ts'
import {
  findSessionByCookie,
  findSessionsByCookies,
  type SessionOfCookie,
} from './session-store.ts'
import type { Session } from './session.ts'
import { isUnended, type UnendedSessions } from './unended-sessions.ts'

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
  return sessionOf(stored)
}

/** Finds the sessions of many cookies in one statement for every five hundred, in the order of the cookies. */
export async function findSessions(
  parts: AccountParts,
  { seen, unended }: { readonly seen: SeenSessions; readonly unended: UnendedSessions },
  cookieValues: readonly string[],
): Promise<readonly (Session | undefined)[]> {
  const { db } = parts.database
  const now = parts.clock.now()
  const hashes = cookieValues.map(sha256Base64Url)
  const stored = await findSessionsByCookies(db, hashes, now)
  for (const session of stored.values()) await seen.note(session, now)
  return hashes.map((hash, at) => {
    const found = isUnended(unended, cookieValues[at] ?? '') ? undefined : stored.get(hash)
    return found && sessionOf(found)
  })
}

function sessionOf(stored: SessionOfCookie): Session {
  return {
    sessionId: stored.sessionId,
    accountId: stored.accountId,
    username: stored.username,
    timeZone: stored.timeZone,
    createdAt: stored.createdAt,
    expiresAt: stored.expiresAt,
    confirmedAt: stored.confirmedAt,
    providerConfirmedAt: stored.providerConfirmedAt,
    isOperator: stored.isOperator,
    sees: stored.sees,
  }
}

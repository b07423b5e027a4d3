// Starts a session, always with a new random cookie (H-17), of which only the hash is stored.

import type { Db } from '../../database/tables.ts'
import { sha256Base64Url } from '../../support/hash.ts'
import { asSessionId } from '../../support/ids.ts'
import type { RandomBytes } from '../../support/random.ts'
import { Secret } from '../../support/secret.ts'
import type { AccountParts } from '../account-parts.ts'
import type { HeldAccount } from '../own-account/account-store.ts'
import { mostSessions, sessionAbsoluteMs } from './session-lifetime.ts'
import { addSession, removeSurplusSessions } from './session-store.ts'
import type { Session } from './session.ts'

/** A session and the cookie value that identifies it. */
export type SignedIn = {
  readonly kind: 'signed-in'
  readonly cookie: Secret
  readonly session: Session
}

/** Starts a session within a transaction. The cookie may be sent only after the commit (H-20). */
export async function startSession(
  { ids, clock, randomBytes }: AccountParts,
  db: Db,
  owner: HeldAccount,
  userAgent: string,
): Promise<SignedIn> {
  const now = clock.now()
  const sessionId = asSessionId(ids())
  const { cookie, cookieHash } = createCookie(randomBytes)
  await addSession(db, {
    accountId: owner.accountId,
    sessionId,
    cookieHash,
    userAgent: userAgent.slice(0, 300),
    createdAt: now,
    lastSeenAt: now,
    confirmedAt: now,
    expiresAt: now + sessionAbsoluteMs,
  })
  await removeSurplusSessions(db, owner.accountId, mostSessions)
  const { accountId, isOperator, username, timeZone } = owner
  const session = {
    sessionId,
    accountId,
    username,
    timeZone,
    createdAt: now,
    expiresAt: now + sessionAbsoluteMs,
    confirmedAt: now,
    providerConfirmedAt: undefined,
    isOperator,
    sees: new Map(),
  }
  return { kind: 'signed-in', cookie, session }
}

const cookieBytes = 32

export function createCookie(randomBytes: RandomBytes): {
  readonly cookie: Secret
  readonly cookieHash: string
} {
  const value = Buffer.from(randomBytes(cookieBytes)).toString('base64url')
  return { cookie: new Secret(value), cookieHash: sha256Base64Url(value) }
}

// Logs out the browser that sends a cookie, even when the database cannot be written: this process then refuses the
// session, and ends it when the database can be written again.

import { sha256Base64Url } from '../../support/hash.ts'
import type { AccountParts } from '../account-parts.ts'
import { findSession } from './find-session.ts'
import { signOut } from './sign-out.ts'
import type { UnendedSessions } from './unended-sessions.ts'

/** A session that is about to end need not be seen. */
const notNoted = { note: async () => {} }

const mostUnended = 10_000

export async function endSessionOfCookie(
  parts: AccountParts,
  unended: UnendedSessions,
  cookieValue: string,
): Promise<void> {
  try {
    const session = await findSession(parts, notNoted, cookieValue)
    if (session !== undefined) await signOut(parts, session)
  } catch (error) {
    parts.logger.error('accounts.session-not-ended', { error })
    if (unended.size < mostUnended) unended.set(sha256Base64Url(cookieValue), cookieValue)
  }
}

/** Retries; sessions that fail again stay for the next run. */
export async function endUnendedSessions(
  parts: AccountParts,
  unended: UnendedSessions,
): Promise<void> {
  const waiting = new Map(unended)
  unended.clear()
  for (const cookieValue of waiting.values()) {
    await endSessionOfCookie(parts, unended, cookieValue)
  }
}

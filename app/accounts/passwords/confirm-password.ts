// Confirms the person's password again. The session continues under a new cookie (ASVS 7.2.4), so that copies of the
// old cookie stop working.

import type { Secret } from '../../support/secret.ts'
import type { AccountParts } from '../account-parts.ts'
import { recordEvent } from '../audit/record-event.ts'
import { renewSession } from '../sessions/session-store.ts'
import type { Session } from '../sessions/session.ts'
import { createCookie } from '../sessions/start-session.ts'
import { verifyOwnPassword, type OwnPassword } from './verify-own-password.ts'
import type { Client } from '../client.ts'

export type PasswordConfirmation =
  | { readonly kind: 'confirmed'; readonly cookie: Secret; readonly session: Session }
  | Exclude<OwnPassword, { readonly kind: 'right' }>

export async function confirmPassword(
  parts: AccountParts,
  session: Session,
  password: string,
  client: Client,
): Promise<PasswordConfirmation> {
  const own = await verifyOwnPassword(parts, session, password, client)
  if (own.kind !== 'right') return own
  const { cookie, cookieHash } = createCookie(parts.randomBytes)
  const passwordConfirmedAt = parts.clock.now()
  const renewed = await parts.database.transaction(async (db) => {
    const renewed = await renewSession(db, session, { cookieHash, passwordConfirmedAt })
    if (renewed) await recordEvent(parts, db, session.accountId, { kind: 'password-confirmed' })
    return renewed
  })
  // Another request ended the session during the hash.
  if (!renewed) return { kind: 'wrong' }
  return { kind: 'confirmed', cookie, session: { ...session, passwordConfirmedAt } }
}

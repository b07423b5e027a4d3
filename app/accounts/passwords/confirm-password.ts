// Confirms again who the person is. The session continues under a new cookie (ASVS 7.2.4), so that copies of the
// old cookie stop working.

import type { Db } from '../../database/tables.ts'
import type { Secret } from '../../support/secret.ts'
import type { AccountParts } from '../account-parts.ts'
import type { NewEvent } from '../audit/event-store.ts'
import { recordEvent } from '../audit/record-event.ts'
import { renewSession } from '../sessions/session-store.ts'
import type { Session } from '../sessions/session.ts'
import { createCookie } from '../sessions/start-session.ts'
import { noPassword } from './no-password.ts'
import { verifyOwnPassword, type OwnPassword, type PasswordAndCode } from './verify-own-password.ts'
import type { Client } from '../client.ts'

export type PasswordConfirmation = Confirmed | Exclude<OwnPassword, { readonly kind: 'right' }>

export async function confirmPassword(
  parts: AccountParts,
  session: Session,
  given: PasswordAndCode,
  client: Client,
): Promise<PasswordConfirmation> {
  const own = await verifyOwnPassword(parts, session, given, client)
  if (own.kind !== 'right') return own
  return await own.act(async (db, { passwordHash }): Promise<PasswordConfirmation> => {
    const kind = passwordHash === noPassword ? 'provider-confirmed' : 'password-confirmed'
    const confirmed = await renewConfirmed(parts, db, session, { kind })
    return confirmed ?? { kind: 'wrong' }
  })
}

export type Confirmed = {
  readonly kind: 'confirmed'
  readonly cookie: Secret
  readonly session: Session
}

/** Gives the session a new cookie, and notes that its person was just confirmed. Returns undefined when it has ended. */
export async function renewConfirmed(
  parts: AccountParts,
  db: Db,
  session: Session,
  event: NewEvent,
): Promise<Confirmed | undefined> {
  const { cookie, cookieHash } = createCookie(parts.randomBytes)
  const confirmedAt = parts.clock.now()
  if (!(await renewSession(db, session, { cookieHash, confirmedAt }))) return undefined
  await recordEvent(parts, db, session.accountId, event)
  return { kind: 'confirmed', cookie, session: { ...session, confirmedAt } }
}

// Confirms who the person of a session is by a new log-in at the identity provider, for accounts that have no password.
// It stands for the password: a second factor is asked for afterwards.

import type { AccountParts } from '../account-parts.ts'
import { noPassword } from '../passwords/no-password.ts'
import { renewConfirmed, type Confirmed } from '../passwords/confirm-password.ts'
import { findConfirmedFactor } from '../second-factor/use-code.ts'
import { holdForSession } from '../sessions/hold-for-session.ts'
import { noteProviderConfirmation } from '../sessions/session-store.ts'
import type { Session } from '../sessions/session.ts'
import { findAccountOfIdentity, noteIdentityUsed } from './identity-store.ts'
import type { Identity } from './identity-provider.ts'
import type { SignOnRequest } from './sign-on-request-store.ts'

export type ConfirmedThere =
  | (Confirmed & { readonly returnTo: string })
  /** The code of the second factor is still missing. */
  | { readonly kind: 'code-missing'; readonly returnTo: string }
  /** The provider did not ask the person to log in anew, or does not say when they did. */
  | { readonly kind: 'not-anew' }
  /** Someone else logged in at the provider than the account's person. */
  | { readonly kind: 'other-person' }
  /** The session has ended, or its account has a password by now. */
  | { readonly kind: 'unknown' }

/** How far the clocks of Taskr and the provider may differ. */
const clocksDifferMs = 30_000

export async function confirmThere(
  parts: AccountParts,
  session: Session,
  identity: Identity,
  { createdAt, returnTo }: Pick<SignOnRequest, 'createdAt' | 'returnTo'>,
): Promise<ConfirmedThere> {
  const { authenticatedAt, emailAddress, issuer, subject } = identity
  if (authenticatedAt === undefined || authenticatedAt < createdAt - clocksDifferMs) {
    parts.logger.warn('single-sign-on.not-anew', { accountId: session.accountId })
    return { kind: 'not-anew' }
  }
  return await parts.database.transaction(async (db): Promise<ConfirmedThere> => {
    const account = await holdForSession(db, session)
    if (account?.passwordHash !== noPassword) return { kind: 'unknown' }
    if ((await findAccountOfIdentity(db, identity)) !== account.accountId) {
      return { kind: 'other-person' }
    }
    const at = parts.clock.now()
    await noteIdentityUsed(db, account, { issuer, subject, emailAddress, at })
    await noteProviderConfirmation(db, account, session.sessionId, at)
    if ((await findConfirmedFactor(db, account.accountId)) !== undefined) {
      return { kind: 'code-missing', returnTo }
    }
    const confirmed = await renewConfirmed(parts, db, session, { kind: 'provider-confirmed' })
    return confirmed === undefined ? { kind: 'unknown' } : { ...confirmed, returnTo }
  })
}

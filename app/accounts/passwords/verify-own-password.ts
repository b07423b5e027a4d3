// Verifies a signed-in person's password again. Attempts count by session, so that other clients' attempts at the
// account do not lock its owner out of the settings.

import type { AccountParts } from '../account-parts.ts'
import { findAccount, type Account } from '../own-account/account-store.ts'
import { describeClient, recordEvent } from '../audit/record-event.ts'
import type { Session } from '../sessions/session.ts'
import type { Client } from '../client.ts'

export type OwnPassword =
  | { readonly kind: 'right'; readonly account: Account }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'too-many'; readonly retryAt: number }
  | { readonly kind: 'busy' }

export async function verifyOwnPassword(
  parts: AccountParts,
  session: Session,
  password: string,
  client: Client,
): Promise<OwnPassword> {
  const { db } = parts.database
  const account = await findAccount(db, session.accountId)
  // The account was just deleted in another browser.
  if (account === undefined) return { kind: 'wrong' }
  const admission = await parts.limits.admitOwnPassword(session.sessionId)
  if (admission.kind === 'too-many') {
    parts.logger.warn('accounts.too-many-passwords', { accountId: account.accountId })
    return admission
  }
  const verification = await parts.passwords.verify(password, account.passwordHash, { first: true })
  switch (verification.kind) {
    case 'busy':
      return verification
    case 'wrong': {
      const event = { kind: 'password-refused', details: describeClient(client) } as const
      await recordEvent(parts, db, account.accountId, event)
      return verification
    }
    case 'right':
      await parts.limits.forgiveOwnPassword(session.sessionId)
      return { kind: 'right', account }
  }
}

// Verifies a signed-in person's password again, and a code when the account has a second factor. Attempts count by
// session, so that other clients' attempts at the account do not lock its owner out of the settings.

import type { AccountParts } from '../account-parts.ts'
import { findAccount, type Account } from '../own-account/account-store.ts'
import { describeClient, recordEvent } from '../audit/record-event.ts'
import { findConfirmedFactor, useCode } from '../second-factor/use-code.ts'
import type { Session } from '../sessions/session.ts'
import type { Client } from '../client.ts'

/** The code is needed when the account has a second factor. */
export type PasswordAndCode = { readonly password: string; readonly code?: string }

export type OwnPassword =
  | { readonly kind: 'right'; readonly account: Account }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'wrong-code' }
  | { readonly kind: 'too-many'; readonly retryAt: number }
  | { readonly kind: 'busy' }

export async function verifyOwnPassword(
  parts: AccountParts,
  session: Session,
  { password, code = '' }: PasswordAndCode,
  client: Client,
): Promise<OwnPassword> {
  const { db } = parts.database
  const account = await findAccount(db, session.accountId)
  // The account was just deleted in another browser.
  if (account === undefined) return { kind: 'wrong' }
  const { accountId } = account
  const admission = await parts.limits.admitOwnPassword(session.sessionId)
  if (admission.kind === 'too-many') {
    parts.logger.warn('accounts.too-many-passwords', { accountId })
    return admission
  }
  const verification = await parts.passwords.verify(password, account.passwordHash, { first: true })
  switch (verification.kind) {
    case 'busy':
      return verification
    case 'wrong': {
      const event = { kind: 'password-refused', details: describeClient(client) } as const
      await recordEvent(parts, db, accountId, event)
      return verification
    }
    case 'right':
      if (!(await usesRightCode(parts, account, code, client))) return { kind: 'wrong-code' }
      await parts.limits.forgiveOwnPassword(session.sessionId)
      return { kind: 'right', account }
  }
}

/** Uses the code up. Returns true, too, when the account needs none. */
async function usesRightCode(
  parts: AccountParts,
  { accountId }: Account,
  code: string,
  client: Client,
): Promise<boolean> {
  return await parts.database.transaction(async (db) => {
    const factor = await findConfirmedFactor(db, accountId)
    if (factor === undefined) return true
    if ((await useCode(parts, db, factor, code)) !== 'wrong') return true
    const event = { kind: 'code-refused', details: describeClient(client) } as const
    await recordEvent(parts, db, accountId, event)
    return false
  })
}

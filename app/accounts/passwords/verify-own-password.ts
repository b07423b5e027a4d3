// Verifies a signed-in person's password again, and a code when the account has a second factor. Attempts count by
// session, so that other clients' attempts at the account do not lock its owner out of the settings.

import type { Db } from '../../database/tables.ts'
import type { AccountParts } from '../account-parts.ts'
import { findAccount, type HeldAccount } from '../own-account/account-store.ts'
import { describeClient, recordEvent } from '../audit/record-event.ts'
import { findConfirmedFactor, useCode } from '../second-factor/use-code.ts'
import { findProviderConfirmation } from '../sessions/session-store.ts'
import { noPassword } from './no-password.ts'
import { holdForSession } from '../sessions/hold-for-session.ts'
import type { Session } from '../sessions/session.ts'
import type { Client } from '../client.ts'

/** The code is needed when the account has a second factor. */
export type PasswordAndCode = { readonly password: string; readonly code?: string }

export type OwnPassword =
  | { readonly kind: 'right'; readonly act: Act }
  | Refused
  | { readonly kind: 'too-many'; readonly retryAt: number }
  | { readonly kind: 'busy' }

/**
 * Does in one transaction what the password allows, with the account held. It is refused when the code is wrong, or the
 * password was changed or the session ended since it was verified.
 */
type Act = <Done>(work: (db: Db, account: HeldAccount) => Promise<Done>) => Promise<Done | Refused>

type Refused =
  | { readonly kind: 'wrong' }
  | { readonly kind: 'wrong-code' }
  /** The account has no password: its person must log in anew at the identity provider. */
  | { readonly kind: 'elsewhere' }

/** How long a new log-in at the identity provider stands for the password of an account that has none. */
export const providerStandsMs = 10 * 60_000

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
  if (account.passwordHash === noPassword) return rightFor(parts, session, noPassword, code, client)
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
      return rightFor(parts, session, account.passwordHash, code, client)
  }
}

function rightFor(
  parts: AccountParts,
  session: Session,
  passwordHash: string,
  code: string,
  client: Client,
): OwnPassword {
  const given = { passwordHash, code, client }
  return { kind: 'right', act: (work) => actWithCode(parts, session, given, work) }
}

async function actWithCode<Done>(
  parts: AccountParts,
  session: Session,
  given: { readonly passwordHash: string; readonly code: string; readonly client: Client },
  work: (db: Db, account: HeldAccount) => Promise<Done>,
): Promise<Done | Refused> {
  const acted = await parts.database.transaction(
    async (db): Promise<Refused | { readonly kind: 'done'; readonly done: Done }> => {
      const account = await holdForSession(db, session)
      if (account?.passwordHash !== given.passwordHash) return { kind: 'wrong' }
      if (given.passwordHash === noPassword && !(await isProvenElsewhere(parts, db, session))) {
        return { kind: 'elsewhere' }
      }
      if (!(await usesRightCode(parts, db, account, given))) return { kind: 'wrong-code' }
      return { kind: 'done', done: await work(db, account) }
    },
  )
  if (acted.kind !== 'done') return acted
  await parts.limits.forgiveOwnPassword(session.sessionId)
  return acted.done
}

/** True for ten minutes after the session's person logged in anew at the identity provider. */
async function isProvenElsewhere(
  { clock }: AccountParts,
  db: Db,
  session: Session,
): Promise<boolean> {
  const at = await findProviderConfirmation(db, session)
  return at !== undefined && Math.abs(clock.now() - at) <= providerStandsMs
}

/** Uses the code up. Returns true, too, when the account needs none. */
async function usesRightCode(
  parts: AccountParts,
  db: Db,
  { accountId }: HeldAccount,
  { client, code }: { readonly code: string; readonly client: Client },
): Promise<boolean> {
  const factor = await findConfirmedFactor(db, accountId)
  if (factor === undefined) return true
  if ((await useCode(parts, db, factor, code)) !== 'wrong') return true
  const event = { kind: 'code-refused', details: describeClient(client) } as const
  await recordEvent(parts, db, accountId, event)
  return false
}

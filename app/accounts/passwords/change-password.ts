// Changes the password: verifies the old one, ends every session of the account, and starts a new one here.

import type { Db } from '../../database/tables.ts'
import type { AccountParts } from '../account-parts.ts'
import { setPasswordHash, type HeldAccount } from '../own-account/account-store.ts'
import type { FieldProblem } from '../field-problem.ts'
import { removeMailedLinks } from '../mailed/mailed-link-store.ts'
import { findPasswordProblem } from './password-rules.ts'
import { describeClient, recordEvent } from '../audit/record-event.ts'
import { removeSessions } from '../sessions/session-store.ts'
import type { Session } from '../sessions/session.ts'
import { startSession, type SignedIn } from '../sessions/start-session.ts'
import { verifyOwnPassword, type OwnPassword } from './verify-own-password.ts'
import { removeUnfinishedSignIns } from '../signing-in/unfinished-sign-in-store.ts'
import type { Client } from '../client.ts'

export type PasswordChange = {
  readonly currentPassword: string
  /** Needed when the account has a second factor. */
  readonly code?: string
  readonly newPassword: string
}

export type PasswordChanged =
  | (Omit<SignedIn, 'kind'> & { readonly kind: 'changed' })
  | { readonly kind: 'refused'; readonly problems: readonly FieldProblem[] }
  | Exclude<OwnPassword, { readonly kind: 'right' }>

export async function changePassword(
  parts: AccountParts,
  session: Session,
  change: PasswordChange,
  client: Client,
): Promise<PasswordChanged> {
  const problem = findPasswordProblem(change.newPassword, session.username)
  if (problem !== undefined) {
    return { kind: 'refused', problems: [{ field: 'newPassword', message: problem }] }
  }
  const { currentPassword: password, code = '' } = change
  const own = await verifyOwnPassword(parts, session, { password, code }, client)
  if (own.kind !== 'right') return own
  const hashing = await parts.passwords.hash(change.newPassword)
  if (hashing.kind === 'busy') return hashing
  return await own.act((db, account) => replaceAndEnter(parts, db, account, hashing.hash, client))
}

async function replaceAndEnter(
  parts: AccountParts,
  db: Db,
  account: HeldAccount,
  hash: string,
  client: Client,
): Promise<PasswordChanged> {
  await setPasswordHash(db, account, hash)
  await removeSessions(db, account)
  await removeUnfinishedSignIns(db, account)
  await removeMailedLinks(db, account, 'reset-password')
  const event = { kind: 'password-changed', details: describeClient(client) } as const
  await recordEvent(parts, db, account.accountId, event)
  const entered = await startSession(parts, db, account, client.userAgent)
  return { ...entered, kind: 'changed' }
}

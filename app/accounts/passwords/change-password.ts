// Changes the password: verifies the old one, ends every session of the account, and starts a new one here.

import type { AccountParts } from '../account-parts.ts'
import { replacePasswordHash, type Account } from '../own-account/account-store.ts'
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
  const entered = await replaceAndEnter(parts, own.account, hashing.hash, client)
  return entered === undefined ? { kind: 'wrong' } : { ...entered, kind: 'changed' }
}

/** Returns undefined when another request changed the password first, which makes the given old password wrong. */
async function replaceAndEnter(
  parts: AccountParts,
  account: Account,
  hash: string,
  client: Client,
): Promise<SignedIn | undefined> {
  const { accountId, passwordHash } = account
  return await parts.database.transaction(async (db) => {
    const replaced = await replacePasswordHash(db, accountId, { from: passwordHash, to: hash })
    if (!replaced) return undefined
    await removeSessions(db, accountId)
    await removeUnfinishedSignIns(db, accountId)
    await removeMailedLinks(db, accountId, 'reset-password')
    const event = { kind: 'password-changed', details: describeClient(client) } as const
    await recordEvent(parts, db, accountId, event)
    return await startSession(parts, db, account, client.userAgent)
  })
}

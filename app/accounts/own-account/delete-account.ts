// Deletes an account and its rows in this part. Steps given by other parts run first and delete their rows, such as
// connections; the database refuses to delete an account that still has a connection.

import type { AccountId } from '../../support/ids.ts'
import type { AccountParts } from '../account-parts.ts'
import { holdAccount, removeAccount } from './account-store.ts'
import { removeEvents } from '../audit/event-store.ts'
import { recordEvent } from '../audit/record-event.ts'
import { removeSessions } from '../sessions/session-store.ts'
import type { Session } from '../sessions/session.ts'
import { mayLeave } from '../operating/operator-role.ts'
import {
  verifyOwnPassword,
  type OwnPassword,
  type PasswordAndCode,
} from '../passwords/verify-own-password.ts'
import type { Client } from '../client.ts'

export type DeletionAsked = PasswordAndCode & {
  /** Steps run in order once the password is verified. A step that throws stops the deletion. */
  readonly beforeDelete: readonly ((accountId: AccountId) => Promise<void>)[]
  /** Steps run once the account is deleted, and delete what was written meanwhile. */
  readonly afterDelete?: readonly ((accountId: AccountId) => Promise<void>)[]
}

export type AccountDeletion =
  | { readonly kind: 'deleted' }
  /** Without this account, no operator could log in. */
  | { readonly kind: 'last-operator' }
  | Exclude<OwnPassword, { readonly kind: 'right' }>

export async function deleteAccount(
  parts: AccountParts,
  session: Session,
  asked: DeletionAsked,
  client: Client,
): Promise<AccountDeletion> {
  const own = await verifyOwnPassword(parts, session, asked, client)
  if (own.kind !== 'right') return own
  const { accountId } = session
  const allowed = await own.act(async () => ({ kind: 'allowed' }) as const)
  if (allowed.kind !== 'allowed') return allowed
  if (!(await mayLeave(parts, accountId))) return { kind: 'last-operator' }
  for (const step of asked.beforeDelete) await step(accountId)
  await parts.database.transaction(async (db) => {
    const account = await holdAccount(db, accountId)
    if (account === undefined) return
    await removeSessions(db, account)
    await removeAccount(db, accountId)
    await removeEvents(db, accountId)
    // One event without details stays for a while, to record that and when the account was deleted.
    await recordEvent(parts, db, accountId, { kind: 'account-deleted' })
  })
  for (const step of asked.afterDelete ?? []) await step(accountId)
  await parts.database.truncateLog()
  parts.logger.info('accounts.deleted', { accountId })
  return { kind: 'deleted' }
}

// Deletes an account and what belongs to it here. What other parts hold for it, its connections above all, goes
// first, by the steps they give; the database refuses to delete an account that still has a connection.

import type { AccountId } from '../../support/ids.ts'
import type { AccountParts } from '../account-parts.ts'
import { removeAccount } from './account-store.ts'
import { removeEvents } from '../audit/event-store.ts'
import { recordEvent } from '../audit/record-event.ts'
import { removeSessions } from '../sessions/session-store.ts'
import type { Session } from '../sessions/session.ts'
import { verifyOwnPassword, type OwnPassword } from '../passwords/verify-own-password.ts'
import type { Client } from '../client.ts'

export type DeletionAsked = {
  readonly password: string
  /** Run in order, once the password has proved right. One that throws stops the deletion. */
  readonly beforeDelete: readonly ((accountId: AccountId) => Promise<void>)[]
}

export type AccountDeletion =
  | { readonly kind: 'deleted' }
  | Exclude<OwnPassword, { readonly kind: 'right' }>

export async function deleteAccount(
  parts: AccountParts,
  session: Session,
  asked: DeletionAsked,
  client: Client,
): Promise<AccountDeletion> {
  const own = await verifyOwnPassword(parts, session, asked.password, client)
  if (own.kind !== 'right') return own
  const { accountId } = session
  for (const step of asked.beforeDelete) await step(accountId)
  await parts.database.transaction(async (db) => {
    await removeSessions(db, accountId)
    await removeAccount(db, accountId)
    await removeEvents(db, accountId)
    // One line without any detail stays for a while: that it happened, and when.
    await recordEvent(parts, db, accountId, { kind: 'account-deleted' })
  })
  parts.logger.info('accounts.deleted', { accountId })
  return { kind: 'deleted' }
}

// The table of people of the provider, each linked to one account.

import type { Selectable } from 'kysely'
import type { Db, Tables } from '../../database/tables.ts'
import type { HeldAccount } from '../own-account/account-store.ts'
import type { AccountId } from '../../support/ids.ts'

export type LinkedIdentity = {
  readonly accountId: AccountId
  readonly issuer: string
  readonly subject: string
  readonly emailAddress: string
  readonly linkedAt: number
  readonly lastUsedAt: number
}

/** Returns false when the person or the account is linked already. */
export async function linkIdentity(
  db: Db,
  { accountId }: HeldAccount,
  identity: Omit<LinkedIdentity, 'accountId' | 'lastUsedAt'>,
): Promise<boolean> {
  const added = await db
    .insertInto('sign_on_identities')
    .values({
      account_id: accountId,
      issuer: identity.issuer,
      subject: identity.subject,
      email_address: identity.emailAddress,
      linked_at: identity.linkedAt,
      last_used_at: identity.linkedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('account_id')
    .executeTakeFirst()
  return added !== undefined
}

/** Finds the account of a person: the provider vouches for who it is. */
export async function findAccountOfIdentity(
  db: Db,
  { issuer, subject }: Pick<LinkedIdentity, 'issuer' | 'subject'>,
): Promise<AccountId | undefined> {
  const row = await db
    .selectFrom('sign_on_identities')
    .select('account_id')
    .where('issuer', '=', issuer)
    .where('subject', '=', subject)
    .executeTakeFirst()
  return row?.account_id
}

export async function listIdentities(
  db: Db,
  accountId: AccountId,
): Promise<readonly LinkedIdentity[]> {
  const rows = await db
    .selectFrom('sign_on_identities')
    .selectAll()
    .where('account_id', '=', accountId)
    .orderBy('issuer')
    .execute()
  return rows.map(readRow)
}

/** Returns false when the account is no longer linked to that person. */
export async function noteIdentityUsed(
  db: Db,
  { accountId }: HeldAccount,
  use: Pick<LinkedIdentity, 'issuer' | 'subject' | 'emailAddress'> & { readonly at: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('sign_on_identities')
    .set({ last_used_at: use.at, email_address: use.emailAddress })
    .where('account_id', '=', accountId)
    .where('issuer', '=', use.issuer)
    .where('subject', '=', use.subject)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Returns false when the account is not linked. */
export async function unlinkIdentities(db: Db, { accountId }: HeldAccount): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('sign_on_identities')
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return numDeletedRows > 0n
}

function readRow(row: Selectable<Tables['sign_on_identities']>): LinkedIdentity {
  return {
    accountId: row.account_id,
    issuer: row.issuer,
    subject: row.subject,
    emailAddress: row.email_address,
    linkedAt: row.linked_at,
    lastUsedAt: row.last_used_at,
  }
}

// The table of mailed links that were not used yet. It stores only the SHA-256 of a link's secret.
import type { Selectable } from 'kysely'
import type { Db, Tables } from '../../database/tables.ts'
import type { HeldAccount } from '../own-account/account-store.ts'
import type { AccountId, MailedLinkId } from '../../support/ids.ts'

export type LinkPurpose = Tables['mailed_links']['purpose']

export type MailedLink = {
  readonly accountId: AccountId
  readonly linkId: MailedLinkId
  readonly purpose: LinkPurpose
  /** Where the link was mailed. */
  readonly emailAddress: string
  readonly createdAt: number
  readonly expiresAt: number
}

export async function addMailedLink(
  db: Db,
  { accountId }: HeldAccount,
  link: Omit<MailedLink, 'accountId'> & { readonly secretHash: string },
): Promise<void> {
  await db
    .insertInto('mailed_links')
    .values({
      account_id: accountId,
      link_id: link.linkId,
      purpose: link.purpose,
      secret_hash: link.secretHash,
      email_address: link.emailAddress,
      created_at: link.createdAt,
      expires_at: link.expiresAt,
    })
    .execute()
}

type Wanted = { readonly purpose: LinkPurpose; readonly secretHash: string; readonly now: number }

/** Not limited to an account: the secret identifies it, as a session's cookie does. */
export async function findMailedLink(db: Db, wanted: Wanted): Promise<MailedLink | undefined> {
  const row = await db
    .selectFrom('mailed_links')
    .selectAll()
    .where('secret_hash', '=', wanted.secretHash)
    .where('purpose', '=', wanted.purpose)
    .where('expires_at', '>', wanted.now)
    .executeTakeFirst()
  return row && fromRow(row)
}

/** Deletes the link and returns it, to one caller only. */
export async function consumeMailedLink(db: Db, wanted: Wanted): Promise<MailedLink | undefined> {
  const row = await db
    .deleteFrom('mailed_links')
    .where('secret_hash', '=', wanted.secretHash)
    .where('purpose', '=', wanted.purpose)
    .where('expires_at', '>', wanted.now)
    .returningAll()
    .executeTakeFirst()
  return row && fromRow(row)
}

/** Lists the account's links that still work, oldest first. */
export async function listMailedLinks(
  db: Db,
  accountId: AccountId,
  now: number,
): Promise<readonly MailedLink[]> {
  const rows = await db
    .selectFrom('mailed_links')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('expires_at', '>', now)
    .orderBy('link_id')
    .execute()
  return rows.map(fromRow)
}

export async function removeMailedLinks(
  db: Db,
  { accountId }: HeldAccount,
  purpose: LinkPurpose,
): Promise<void> {
  await db
    .deleteFrom('mailed_links')
    .where('account_id', '=', accountId)
    .where('purpose', '=', purpose)
    .execute()
}

export async function removeExpiredMailedLinks(db: Db, now: number): Promise<void> {
  await db.deleteFrom('mailed_links').where('expires_at', '<=', now).execute()
}

function fromRow(row: Selectable<Tables['mailed_links']>): MailedLink {
  return {
    accountId: row.account_id,
    linkId: row.link_id,
    purpose: row.purpose,
    emailAddress: row.email_address,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }
}

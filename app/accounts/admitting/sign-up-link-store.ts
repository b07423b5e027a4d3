// The table of links with which one person may sign up. It stores only the SHA-256 of a link's secret. A link belongs to
// no account: its secret is the way to it.

import type { Selectable } from 'kysely'
import type { Db, Tables } from '../../database/tables.ts'
import type { SignUpLinkId } from '../../support/ids.ts'

export type SignUpLink = {
  readonly signUpLinkId: SignUpLinkId
  readonly madeBy: Tables['sign_up_links']['made_by']
  /** Where the link was mailed; undefined for one that was handed over. */
  readonly emailAddress: string | undefined
  /** The hash of the invitation to a seat that its person had. */
  readonly invitationHash: string | undefined
  readonly createdAt: number
  readonly expiresAt: number
}

export async function addSignUpLink(
  db: Db,
  link: SignUpLink & { readonly secretHash: string },
): Promise<void> {
  await db
    .insertInto('sign_up_links')
    .values({
      sign_up_link_id: link.signUpLinkId,
      secret_hash: link.secretHash,
      made_by: link.madeBy,
      email_address: link.emailAddress ?? null,
      invitation_hash: link.invitationHash ?? null,
      created_at: link.createdAt,
      expires_at: link.expiresAt,
    })
    .execute()
}

export async function findSignUpLinkByHash(
  db: Db,
  secretHash: string,
  now: number,
): Promise<SignUpLink | undefined> {
  const row = await db
    .selectFrom('sign_up_links')
    .selectAll()
    .where('secret_hash', '=', secretHash)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row && readRow(row)
}

/** Deletes the link. Returns true to one caller only. */
export async function consumeSignUpLink(db: Db, signUpLinkId: SignUpLinkId): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('sign_up_links')
    .where('sign_up_link_id', '=', signUpLinkId)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

export async function removeExpiredSignUpLinks(db: Db, now: number): Promise<void> {
  await db.deleteFrom('sign_up_links').where('expires_at', '<=', now).execute()
}

function readRow(row: Selectable<Tables['sign_up_links']>): SignUpLink {
  return {
    signUpLinkId: row.sign_up_link_id,
    madeBy: row.made_by,
    emailAddress: row.email_address ?? undefined,
    invitationHash: row.invitation_hash ?? undefined,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
  }
}

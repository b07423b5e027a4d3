// The table of invitations: one open link per member of a connected workspace. The link's secret is stored as a hash.
import type { Selectable } from 'kysely'
import type { Db, Tables } from '../../database/tables.ts'
import type { ConnectionId, MemberId } from '../../support/ids.ts'
import type { SeatRights } from './seat-store.ts'

export interface SeatInvitation extends SeatRights {
  readonly connectionId: ConnectionId
  readonly memberId: MemberId
  readonly createdAt: number
  readonly expiresAt: number
  readonly usedAt: number | undefined
}

export type NewSeatInvitation = Omit<SeatInvitation, 'connectionId' | 'usedAt'> & {
  readonly secretHash: string
}

/** Stores the member's invitation in place of any earlier one. */
export async function putInvitation(
  db: Db,
  connectionId: ConnectionId,
  invitation: NewSeatInvitation,
): Promise<void> {
  const row = {
    secret_hash: invitation.secretHash,
    sees: invitation.sees,
    may_link: invitation.mayLink ? 1 : 0,
    created_at: invitation.createdAt,
    expires_at: invitation.expiresAt,
    used_at: null,
  } as const
  await db
    .insertInto('invitations')
    .values({ connection_id: connectionId, workspace_member_id: invitation.memberId, ...row })
    .onConflict((conflict) =>
      conflict.columns(['connection_id', 'workspace_member_id']).doUpdateSet(row),
    )
    .execute()
}

/** Finds an invitation of any connection: who opens a link knows nothing but its secret. */
export async function findInvitationOf(
  db: Db,
  secretHash: string,
): Promise<SeatInvitation | undefined> {
  const row = await db
    .selectFrom('invitations')
    .selectAll()
    .where('secret_hash', '=', secretHash)
    .executeTakeFirst()
  return row && fromRow(row)
}

export async function listInvitations(
  db: Db,
  connectionId: ConnectionId,
): Promise<readonly SeatInvitation[]> {
  const rows = await db
    .selectFrom('invitations')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .orderBy('created_at')
    .execute()
  return rows.map(fromRow)
}

/** Marks an open invitation as used, once. */
export async function consumeInvitation(
  db: Db,
  connectionId: ConnectionId,
  use: { readonly secretHash: string; readonly at: number },
): Promise<SeatInvitation | undefined> {
  const row = await db
    .updateTable('invitations')
    .set({ used_at: use.at })
    .where('connection_id', '=', connectionId)
    .where('secret_hash', '=', use.secretHash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', use.at)
    .returningAll()
    .executeTakeFirst()
  return row && fromRow(row)
}

/** Returns false when the member has no open invitation. */
export async function withdrawInvitation(
  db: Db,
  connectionId: ConnectionId,
  memberId: MemberId,
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('invitations')
    .where('connection_id', '=', connectionId)
    .where('workspace_member_id', '=', memberId)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

export async function removeInvitations(db: Db, connectionId: ConnectionId): Promise<void> {
  await db.deleteFrom('invitations').where('connection_id', '=', connectionId).execute()
}

/** Deletes invitations that ended long ago; until then their links say why they no longer work. */
export async function removeOldInvitations(db: Db, before: number): Promise<void> {
  await db.deleteFrom('invitations').where('expires_at', '<', before).execute()
}

function fromRow(row: Selectable<Tables['invitations']>): SeatInvitation {
  return {
    connectionId: row.connection_id,
    memberId: row.workspace_member_id,
    sees: row.sees,
    mayLink: row.may_link === 1,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    usedAt: row.used_at ?? undefined,
  }
}

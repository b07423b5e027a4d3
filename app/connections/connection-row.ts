// Reads connections from rows of their table.
import type { Selectable } from 'kysely'
import type { Tables } from '../database/tables.ts'
import type { AccountId, MemberId } from '../support/ids.ts'
import { lackOf } from './missing-scopes.ts'
import {
  ownersAccess,
  withoutToken,
  type Connection,
  type SealedConnection,
  type SeatAccess,
} from './connection.ts'

/** Returns the connection of a row of `usableConnections` as the account may use it, without its token. */
export function usableFrom(row: SharedRow, viewerId: AccountId): Connection {
  return withoutToken(sharedFrom(row, viewerId))
}

export function connectionFrom(row: Selectable<Tables['connections']>): SealedConnection {
  const scopes = row.scopes === '' ? [] : row.scopes.split(' ')
  return {
    accountId: row.account_id,
    connectionId: row.connection_id,
    workspaceId: row.workspace_id,
    workspaceName: row.workspace_name,
    workspaceSlug: row.workspace_slug,
    memberId: row.workspace_member_id ?? undefined,
    approverId: row.approver_id ?? row.workspace_member_id ?? undefined,
    ...ownersAccess(row.account_id),
    scopes,
    // Taskr may need more scopes now than when the row was written.
    status: row.status === 'active' && lackOf(scopes) !== undefined ? 'missing-scopes' : row.status,
    sealedAccessToken: row.sealed_access_token,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    checkedAt: row.checked_at,
  }
}

type SharedRow = Selectable<Tables['connections']> & {
  readonly seat_member_id: MemberId | null
  readonly seat_sees: SeatAccess['sees'] | null
  readonly seat_may_link: 0 | 1 | null
  readonly seat_seen_at: number | null
}

/** Returns the connection as the account may use it: its owner does everything, even with a seat left from before. */
export function sharedFrom(row: SharedRow, viewerId: AccountId): SealedConnection {
  const connection = connectionFrom(row)
  if (row.account_id === viewerId) return connection
  return {
    ...connection,
    viewerId,
    role: 'seat',
    memberId: row.seat_member_id ?? undefined,
    sees: row.seat_sees ?? 'own',
    mayLink: row.seat_may_link === 1,
    seenAt: row.seat_seen_at ?? undefined,
  }
}

// The table of connections, an account's standing permission to act in one Attio workspace: adding, changing, ending, and
// finding across accounts. What an account may use is usable-connection-store.ts, the daily checks are
// connection-check-store.ts, and key rotation is keys/sealed-connection-store.ts.
import { sql } from 'kysely'
import type { Db } from '../database/tables.ts'
import type { AccountId, ConnectionId, MemberId, WorkspaceId } from '../support/ids.ts'
import {
  withoutToken,
  type Connection,
  type ConnectionStatus,
  type SealedConnection,
} from './connection.ts'
import { connectionCheckEveryMs } from './connection-check-store.ts'
import { connectionFrom } from './connection-row.ts'

/**
 * Finds a connection of any account as its owner may use it: a person who opens an invitation knows no owner, and a
 * second admin only the workspace.
 */
export async function findConnectionOf(
  db: Db,
  connectionId: ConnectionId,
): Promise<Connection | undefined> {
  const row = await db
    .selectFrom('connections')
    .selectAll()
    .where('connection_id', '=', connectionId)
    .executeTakeFirst()
  return row && withoutToken(connectionFrom(row))
}

/** Lists the connections of all accounts to a workspace, the oldest first. */
export async function listConnectionsToWorkspace(
  db: Db,
  workspaceId: WorkspaceId,
): Promise<readonly Connection[]> {
  const rows = await db
    .selectFrom('connections')
    .selectAll()
    .where('workspace_id', '=', workspaceId)
    .orderBy('created_at')
    .orderBy('connection_id')
    .execute()
  return rows.map((row) => withoutToken(connectionFrom(row)))
}

/** Lists the connections of all accounts, the newest first, for operators. */
export async function listAllConnections(
  db: Db,
  page: { readonly after?: ConnectionId | undefined; readonly limit: number },
): Promise<readonly Connection[]> {
  let connections = db.selectFrom('connections').selectAll()
  if (page.after !== undefined) connections = connections.where('connection_id', '<', page.after)
  const rows = await connections.orderBy('connection_id', 'desc').limit(page.limit).execute()
  return rows.map((row) => withoutToken(connectionFrom(row)))
}

export async function findConnectionToWorkspace(
  db: Db,
  accountId: AccountId,
  workspaceId: WorkspaceId,
): Promise<SealedConnection | undefined> {
  const row = await db
    .selectFrom('connections')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('workspace_id', '=', workspaceId)
    .executeTakeFirst()
  return row === undefined ? undefined : connectionFrom(row)
}

/** Returns false when the account already has a connection to this workspace: another tab may have been quicker. */
export async function addConnection(
  db: Db,
  accountId: AccountId,
  connection: SealedConnection,
): Promise<boolean> {
  const added = await db
    .insertInto('connections')
    .values({
      account_id: accountId,
      connection_id: connection.connectionId,
      workspace_id: connection.workspaceId,
      created_at: connection.createdAt,
      ...renewable(connection),
    })
    .onConflict((conflict) => conflict.columns(['account_id', 'workspace_id']).doNothing())
    .returning('connection_id')
    .executeTakeFirst()
  return added !== undefined
}

/** Returns false when the connection no longer holds the sealed token that was read; then nothing is replaced. */
export async function renewConnection(
  db: Db,
  accountId: AccountId,
  connection: SealedConnection,
  replaced: string,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('connections')
    .set(renewable(connection))
    .where('account_id', '=', accountId)
    .where('connection_id', '=', connection.connectionId)
    .where('sealed_access_token', '=', replaced)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

function renewable(connection: SealedConnection) {
  return {
    workspace_name: connection.workspaceName,
    workspace_slug: connection.workspaceSlug,
    workspace_member_id: connection.memberId ?? null,
    approver_id: connection.approverId ?? null,
    scopes: connection.scopes.join(' '),
    status: connection.status,
    sealed_access_token: connection.sealedAccessToken,
    updated_at: connection.updatedAt,
    checked_at: connection.checkedAt,
    next_check_at: connection.checkedAt + connectionCheckEveryMs,
  }
}

/** Returns false, and marks nothing, when the connection has another token by now: it was reconnected meanwhile. */
export async function markConnection(
  db: Db,
  { accountId, connectionId, sealedAccessToken }: SealedConnection,
  mark: { readonly status: ConnectionStatus; readonly at: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('connections')
    .set({
      status: mark.status,
      checked_at: mark.at,
      updated_at: mark.at,
    })
    .where('account_id', '=', accountId)
    .where('connection_id', '=', connectionId)
    .where('sealed_access_token', '=', sealedAccessToken)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}

/** Returns false when the workspace has that name and slug already. */
export async function renameWorkspace(
  db: Db,
  accountId: AccountId,
  connectionId: ConnectionId,
  to: { readonly workspaceName: string; readonly workspaceSlug: string; readonly at: number },
): Promise<boolean> {
  const result = await db
    .updateTable('connections')
    .set({
      workspace_name: to.workspaceName,
      workspace_slug: to.workspaceSlug,
      updated_at: to.at,
    })
    .where('account_id', '=', accountId)
    .where('connection_id', '=', connectionId)
    .where((where) =>
      where.or([
        where('workspace_name', '<>', to.workspaceName),
        where('workspace_slug', '<>', to.workspaceSlug),
      ]),
    )
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/** Returns false when the scopes are no longer those that were read: another update was quicker. */
export async function changeScopes(
  db: Db,
  accountId: AccountId,
  { connectionId, scopes }: Connection,
  to: {
    readonly status: ConnectionStatus
    readonly scopes: readonly string[]
    readonly at: number
  },
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('connections')
    .set({ status: to.status, scopes: to.scopes.join(' '), checked_at: to.at, updated_at: to.at })
    .where('account_id', '=', accountId)
    .where('connection_id', '=', connectionId)
    .where('scopes', '=', scopes.join(' '))
    .where('status', '<>', 'needs-reconnect')
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Gives the connection to another account, with the token sealed for its new place. */
export async function changeOwner(
  db: Db,
  accountId: AccountId,
  { connectionId }: Pick<Connection, 'connectionId'>,
  owner: {
    readonly to: AccountId
    readonly memberId: MemberId
    readonly sealedAccessToken: string
    readonly at: number
  },
): Promise<void> {
  await db
    .updateTable('connections')
    .set({
      account_id: owner.to,
      approver_id: sql<MemberId | null>`coalesce(approver_id, workspace_member_id)`,
      workspace_member_id: owner.memberId,
      sealed_access_token: owner.sealedAccessToken,
      updated_at: owner.at,
    })
    .where('account_id', '=', accountId)
    .where('connection_id', '=', connectionId)
    .execute()
}

/** Deletes the row and returns its content, once. */
export async function removeConnection(
  db: Db,
  accountId: AccountId,
  connectionId: ConnectionId,
): Promise<SealedConnection | undefined> {
  const row = await db
    .deleteFrom('connections')
    .where('account_id', '=', accountId)
    .where('connection_id', '=', connectionId)
    .returningAll()
    .executeTakeFirst()
  return row === undefined ? undefined : connectionFrom(row)
}

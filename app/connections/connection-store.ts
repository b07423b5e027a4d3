// The table of connections: an account's standing permission to act in one Attio workspace.
import { sql, type Expression, type Selectable, type SqlBool } from 'kysely'
import type { Db, Tables } from '../database/tables.ts'
import type { AccountId, ConnectionId, WorkspaceId, MemberId } from '../support/ids.ts'
import { createLease, released, type Queue } from '../work/work.ts'
import { lackOf } from './missing-scopes.ts'
import { activeSeatsOf } from './seats/seat-store.ts'

export type ConnectionStatus = Tables['connections']['status']

/** A connection as one account may use it: as its owner, or with a seat. */
export interface Connection extends SeatAccess {
  /** The owner, in whose name Taskr keeps the token, the webhook and the copy. */
  readonly accountId: AccountId
  readonly connectionId: ConnectionId
  readonly workspaceId: WorkspaceId
  readonly workspaceName: string
  readonly workspaceSlug: string
  /** The member as whom this account acts; undefined for an owner whose token names no member. */
  readonly memberId: MemberId | undefined
  /** The member who approved in Attio; undefined for tokens that name no member. */
  readonly approverId: MemberId | undefined
  readonly scopes: readonly string[]
  readonly status: ConnectionStatus
  readonly createdAt: number
  readonly updatedAt: number
  /** The time when `GET /v2/self` last confirmed the connection. */
  readonly checkedAt: number
}

export interface SeatAccess {
  /** The account that looks; the owner or the holder of a seat. */
  readonly viewerId: AccountId
  readonly role: 'owner' | 'seat'
  /** `own`: tasks that are assigned to the member, or that Taskr created for them. */
  readonly sees: 'own' | 'everyone'
  /** True when the account may find records and link them to tasks. */
  readonly mayLink: boolean
  /** When the holder of the seat was last here, to within a few minutes; undefined for the owner. */
  readonly seenAt: number | undefined
}

export interface SealedConnection extends Connection {
  readonly sealedAccessToken: string
}

/** A connection that this worker may check while its lease holds. */
export interface ConnectionLease extends Connection {
  readonly leaseNumber: number
}

/** How long a connection goes unchecked. */
export const connectionCheckEveryMs = 24 * 3_600_000

const lease = createLease({
  lastsMs: 60_000,
  dueColumn: 'next_check_at',
  longestWaitMs: connectionCheckEveryMs,
})

/** The daily checks of connections whose token may be used. */
export const connectionChecks: Queue = {
  table: 'connections',
  lease,
  only: sql<SqlBool>`status in ('active', 'missing-scopes')`,
}

export function withoutToken(sealed: SealedConnection): Connection {
  const { sealedAccessToken: _sealedAccessToken, ...connection } = sealed
  return connection
}

/** Lists the connections that the account owns or has a seat on, in one statement. */
export async function listConnections(
  db: Db,
  accountId: AccountId,
): Promise<readonly Connection[]> {
  const rows = await usableConnections(db, accountId).execute()
  return rows.map((row) => usableFrom(row, accountId))
}

/** Finds a connection that the account owns or has a seat on, without its token. */
export async function findUsableConnection(
  db: Db,
  { accountId, connectionId }: Pick<Connection, 'accountId' | 'connectionId'>,
): Promise<Connection | undefined> {
  const found = await findConnection(db, accountId, connectionId)
  return found && withoutToken(found)
}

/** Finds a connection that the account owns or has a seat on. */
export async function findConnection(
  db: Db,
  accountId: AccountId,
  connectionId: ConnectionId,
): Promise<SealedConnection | undefined> {
  const row = await usableConnections(db, accountId)
    .where('connections.connection_id', '=', connectionId)
    .executeTakeFirst()
  return row === undefined ? undefined : fromSharedRow(row, accountId)
}

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
  return row && withoutToken(fromRow(row))
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
  return rows.map((row) => withoutToken(fromRow(row)))
}

/** Lists the connections of all accounts, the newest first, for operators. */
export async function listAllConnections(
  db: Db,
  page: { readonly after?: ConnectionId | undefined; readonly limit: number },
): Promise<readonly Connection[]> {
  let connections = db.selectFrom('connections').selectAll()
  if (page.after !== undefined) connections = connections.where('connection_id', '<', page.after)
  const rows = await connections.orderBy('connection_id', 'desc').limit(page.limit).execute()
  return rows.map((row) => withoutToken(fromRow(row)))
}

/** The rows of the connections that an account owns or has a seat on, for queries that read more with them. */
export function usableConnections(db: Db, accountId: AccountId | Expression<AccountId>) {
  return db
    .selectFrom('connections')
    .leftJoin(activeSeatsOf(db, accountId).as('seat'), (join) =>
      join.onRef('seat.connection_id', '=', 'connections.connection_id'),
    )
    .selectAll('connections')
    .select(['seat_member_id', 'seat_sees', 'seat_may_link', 'seat_seen_at'])
    .where((where) =>
      where(
        'connections.connection_id',
        'in',
        where
          .selectFrom('connections')
          .select('connection_id')
          .where('account_id', '=', accountId)
          .unionAll(activeSeatsOf(db, accountId).clearSelect().select('connection_id')),
      ),
    )
    .orderBy('connections.connection_id')
}

/** Returns the connection of such a row as the account may use it. */
export function usableFrom(row: SharedRow, viewerId: AccountId): Connection {
  return withoutToken(fromSharedRow(row, viewerId))
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
  return row === undefined ? undefined : fromRow(row)
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

export async function renameWorkspace(
  db: Db,
  accountId: AccountId,
  connectionId: ConnectionId,
  to: { readonly workspaceName: string; readonly workspaceSlug: string; readonly at: number },
): Promise<void> {
  await db
    .updateTable('connections')
    .set({
      workspace_name: to.workspaceName,
      workspace_slug: to.workspaceSlug,
      updated_at: to.at,
    })
    .where('account_id', '=', accountId)
    .where('connection_id', '=', connectionId)
    .execute()
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

/** Claims one connection, of any account, whose daily check is due. */
export async function claimConnectionCheck(
  db: Db,
  at: number,
): Promise<ConnectionLease | undefined> {
  const due = db
    .selectFrom('connections')
    .select('connection_id')
    .where('status', 'in', ['active', 'missing-scopes'])
    .where(lease.isClaimable(at))
    .orderBy('next_check_at')
    .limit(1)
    .forUpdate()
    .skipLocked()
  const row = await db
    .updateTable('connections')
    .set(lease.claimed(at))
    .where('connection_id', '=', due)
    .where(lease.isClaimable(at))
    .returningAll()
    .executeTakeFirst()
  if (row === undefined) return undefined
  return { ...withoutToken(fromRow(row)), leaseNumber: row.lease_number }
}

/** Ends the lease and sets the next check. `isConfirmed`: Attio answered that the token is valid. */
export async function recordConnectionCheck(
  db: Db,
  { accountId, connectionId, leaseNumber }: ConnectionLease,
  { at, isConfirmed }: { readonly at: number; readonly isConfirmed: boolean },
): Promise<void> {
  await db
    .updateTable('connections')
    .set({
      ...released,
      next_check_at: at + connectionCheckEveryMs,
      ...(isConfirmed && { checked_at: at }),
    })
    .where('account_id', '=', accountId)
    .where('connection_id', '=', connectionId)
    .where('lease_number', '=', leaseNumber)
    .execute()
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
  return row === undefined ? undefined : fromRow(row)
}

/** Lists rows of all accounts that another key sealed, in id order, for key rotation. */
export async function listConnectionsNotSealedWith(
  db: Db,
  keyId: string,
  page: { readonly after: ConnectionId; readonly limit: number },
): Promise<readonly SealedConnection[]> {
  const rows = await db
    .selectFrom('connections')
    .selectAll()
    .where('sealed_access_token', 'not like', `v1.${keyId}.%`)
    .where('connection_id', '>', page.after)
    .orderBy('connection_id')
    .limit(page.limit)
    .execute()
  return rows.map(fromRow)
}

export async function countConnectionsSealedWith(db: Db, keyId: string): Promise<number> {
  const row = await db
    .selectFrom('connections')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('sealed_access_token', 'like', `v1.${keyId}.%`)
    .executeTakeFirst()
  return row?.count ?? 0
}

/**
 * Replaces, for key rotation over all accounts, each sealed token that is still the one that was read, in one
 * statement. Returns the connections whose token was replaced.
 */
export async function replaceSealedTokens(
  db: Db,
  changes: readonly (Pick<SealedConnection, 'accountId' | 'connectionId' | 'sealedAccessToken'> & {
    readonly sealed: string
  })[],
): Promise<ReadonlySet<ConnectionId>> {
  if (changes.length === 0) return new Set()
  const choices = changes.map(
    ({ connectionId, sealed }) => sql`when connection_id = ${connectionId} then ${sealed}`,
  )
  const rows = await db
    .updateTable('connections')
    .set({ sealed_access_token: sql<string>`case ${sql.join(choices, sql` `)} end` })
    .where((where) =>
      where.or(
        changes.map(({ accountId, connectionId, sealedAccessToken }) =>
          where.and([
            where('account_id', '=', accountId),
            where('connection_id', '=', connectionId),
            where('sealed_access_token', '=', sealedAccessToken),
          ]),
        ),
      ),
    )
    .returning('connection_id')
    .execute()
  return new Set(rows.map(({ connection_id: connectionId }) => connectionId))
}

function fromRow(row: Selectable<Tables['connections']>): SealedConnection {
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

export function ownersAccess(viewerId: AccountId) {
  return { viewerId, role: 'owner', sees: 'everyone', mayLink: true, seenAt: undefined } as const
}

type SharedRow = Selectable<Tables['connections']> & {
  readonly seat_member_id: MemberId | null
  readonly seat_sees: SeatAccess['sees'] | null
  readonly seat_may_link: 0 | 1 | null
  readonly seat_seen_at: number | null
}

/** Returns the connection as the account may use it: its owner does everything, even with a seat left from before. */
function fromSharedRow(row: SharedRow, viewerId: AccountId): SealedConnection {
  const connection = fromRow(row)
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

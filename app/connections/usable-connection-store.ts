// The table of connections, reading: those that an account owns or has a seat on.
import type { Expression } from 'kysely'
import type { Db } from '../database/tables.ts'
import type { AccountId, ConnectionId } from '../support/ids.ts'
import { activeSeatsOf } from './seats/seat-store.ts'
import { withoutToken, type Connection, type SealedConnection } from './connection.ts'
import { sharedFrom, usableFrom } from './connection-row.ts'
import { withDistinctNames } from './workspace-name.ts'

/** Lists the connections that the account owns or has a seat on, in one statement. */
export async function listConnections(
  db: Db,
  accountId: AccountId,
): Promise<readonly Connection[]> {
  const rows = await usableConnections(db, accountId).execute()
  return withDistinctNames(rows.map((row) => usableFrom(row, accountId)))
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
  return row === undefined ? undefined : sharedFrom(row, accountId)
}

/** The rows of connections of several accounts, for queries that read more with them. */
export function connectionsAmong(db: Db, connectionIds: readonly ConnectionId[]) {
  return db
    .selectFrom('connections')
    .select(['connections.connection_id', 'connections.account_id', 'connections.status'])
    .where('connections.connection_id', 'in', connectionIds)
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

// The table of connections as key rotation sees it: tokens that another key sealed.
import { sql } from 'kysely'
import type { Db } from '../../database/tables.ts'
import type { ConnectionId } from '../../support/ids.ts'
import type { SealedConnection } from '../connection.ts'
import { connectionFrom } from '../connection-row.ts'

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
  return rows.map(connectionFrom)
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

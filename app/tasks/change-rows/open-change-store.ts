// The table of changes, reading: those that are not at Attio, unfinished or failed, counted and listed.
import type { Expression } from 'kysely'
import { fixedQuery, type SlotsOf } from '../../database/open-database.ts'
import type { Db } from '../../database/tables.ts'
import type { AccountId, ConnectionId } from '../../support/ids.ts'
import { readable, unfinished } from './change-states.ts'
import type { StoredChange } from './stored-change.ts'

export async function countUnfinished(db: Db, accountId: AccountId): Promise<number> {
  return (await countOpen(db, accountId)).underWay
}

/** The same as a part of another query. */
export function unfinishedCountOf(db: Db, accountId: Expression<AccountId>) {
  return db
    .selectFrom('changes')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .where('status', 'in', unfinished)
    .$asScalar()
}

/** Counts the changes of an account that are under way, and those that failed. */
export async function countOpen(
  db: Db,
  accountId: AccountId,
): Promise<{ readonly underWay: number; readonly failed: number }> {
  const rows = await openByStatus(db, { accountId })
  const counts = { underWay: 0, failed: 0 }
  for (const { count, status } of rows) counts[status === 'failed' ? 'failed' : 'underWay'] += count
  return counts
}

const openByStatus = fixedQuery((db, value: SlotsOf<{ accountId: AccountId }>) =>
  db
    .selectFrom('changes')
    .select(['status', ({ fn }) => fn.countAll<number>().as('count')])
    .where('account_id', '=', value('accountId'))
    .where('status', 'in', [...unfinished, 'failed'])
    .groupBy('status'),
)

/** Counts the changes of a connection, by its owner and its seats, that are not at Attio yet. */
export async function countUnfinishedOf(db: Db, connectionId: ConnectionId): Promise<number> {
  const row = await db
    .selectFrom('changes')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('connection_id', '=', connectionId)
    .where('status', 'in', unfinished)
    .executeTakeFirst()
  return row?.count ?? 0
}

/** Counts the changes of all accounts that are still to be sent, for the operator. */
export async function countAllUnfinished(db: Db): Promise<number> {
  const row = await db
    .selectFrom('changes')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('status', 'in', unfinished)
    .executeTakeFirst()
  return row?.count ?? 0
}

export async function listFailed(
  db: Db,
  accountId: AccountId,
  count: number,
): Promise<readonly StoredChange[]> {
  const rows = await db
    .selectFrom('changes')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('status', '=', 'failed')
    .orderBy('change_id', 'desc')
    .limit(count)
    .execute()
  return readable(rows)
}

/** Lists the account's unfinished changes in the order in which they were made, at most `limit`. */
export async function listUnfinishedOf(
  db: Db,
  accountId: AccountId,
  limit: number,
): Promise<readonly StoredChange[]> {
  const rows = await db
    .selectFrom('changes')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('status', 'in', unfinished)
    .orderBy('change_id')
    .limit(limit)
    .execute()
  return readable(rows)
}

/** Lists the account's changes on a connection that are not at Attio: unfinished and failed ones, in order. */
export async function listUnsentOf(
  db: Db,
  connectionId: ConnectionId,
  accountId: AccountId,
): Promise<readonly StoredChange[]> {
  const rows = await db
    .selectFrom('changes')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('status', 'in', [...unfinished, 'failed'])
    .where('connection_id', '=', connectionId)
    .orderBy('change_id')
    .execute()
  return readable(rows)
}

/** Lists the connections to which the account has changes that did not reach Attio. */
export async function listConnectionsWithUnsent(
  db: Db,
  accountId: AccountId,
): Promise<readonly ConnectionId[]> {
  const rows = await db
    .selectFrom('changes')
    .select('connection_id')
    .distinct()
    .where('account_id', '=', accountId)
    .where('status', 'in', [...unfinished, 'failed'])
    .orderBy('connection_id')
    .execute()
  return rows.map((row) => row.connection_id)
}

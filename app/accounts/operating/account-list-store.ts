// The table of accounts, as operators see it: no password, no session, no task. Only operators read and change other
// people's accounts, so these functions take the ID of that account, not the operator's.

import { sql, type Expression, type SqlBool } from 'kysely'
import type { Db } from '../../database/tables.ts'
import type { AccountId } from '../../support/ids.ts'

export type ListedAccount = {
  readonly accountId: AccountId
  readonly username: string
  readonly emailAddress: string | undefined
  readonly isVerified: boolean
  readonly createdAt: number
  readonly isOperator: boolean
  /** Undefined for an account that may log in. */
  readonly lockedAt: number | undefined
}

const columns = [
  'account_id',
  'username',
  'email_address',
  'email_verified_at',
  'created_at',
  'is_operator',
  'locked_at',
] as const

export type AccountQuery = {
  /** The beginnings of a name and of an address, as keys; any account without them. */
  readonly search?: { readonly usernameKey: string; readonly emailKey: string } | undefined
  /** The account after which to begin. */
  readonly after?: AccountId | undefined
  readonly limit: number
}

/** Lists accounts, newest first. */
export async function listAccounts(
  db: Db,
  { after, limit, search }: AccountQuery,
): Promise<readonly ListedAccount[]> {
  let accounts = db.selectFrom('accounts').select(columns)
  if (search !== undefined) accounts = accounts.where(beginsWith(search))
  if (after !== undefined) accounts = accounts.where('account_id', '<', after)
  const rows = await accounts.orderBy('account_id', 'desc').limit(limit).execute()
  return rows.map(readRow)
}

const startLength = 3

/** An index holds the first three characters, so that a search reads few rows; shorter text must be a whole name. */
function beginsWith({
  emailKey,
  usernameKey,
}: NonNullable<AccountQuery['search']>): Expression<SqlBool> {
  return sql<SqlBool>`(${startOf('username_key', usernameKey)} or ${startOf('verified_email_key', emailKey)})`
}

function startOf(column: 'username_key' | 'verified_email_key', text: string) {
  const characters = Array.from(text)
  const reference = sql.ref(column)
  if (characters.length < startLength) return sql<SqlBool>`${reference} = ${text}`
  const start = characters.slice(0, startLength).join('')
  return sql<SqlBool>`(substr(${reference}, 1, ${sql.lit(startLength)}) = ${start}
    and substr(${reference}, 1, ${sql.lit(characters.length)}) = ${text})`
}

/** Lists the accounts that have exactly this name, or this verified address; several may share an address. */
export async function listAccountsNamed(
  db: Db,
  named: { readonly usernameKey: string; readonly emailKey: string },
  limit: number,
): Promise<readonly ListedAccount[]> {
  const rows = await db
    .selectFrom('accounts')
    .select(columns)
    .where((where) =>
      where.or([
        where('username_key', '=', named.usernameKey),
        where('verified_email_key', '=', named.emailKey),
      ]),
    )
    .orderBy('account_id')
    .limit(limit)
    .execute()
  return rows.map(readRow)
}

export async function findListedAccount(
  db: Db,
  accountId: AccountId,
): Promise<ListedAccount | undefined> {
  const row = await db
    .selectFrom('accounts')
    .select(columns)
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row && readRow(row)
}

/** Returns the names of the accounts that exist. */
export async function listUsernames(
  db: Db,
  accountIds: readonly AccountId[],
): Promise<ReadonlyMap<AccountId, string>> {
  if (accountIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('accounts')
    .select(['account_id', 'username'])
    .where('account_id', 'in', accountIds)
    .execute()
  return new Map(rows.map((row) => [row.account_id, row.username]))
}

/** Locks or unlocks an account; returns false when it was so already, or does not exist. */
export async function setLocked(
  db: Db,
  accountId: AccountId,
  lockedAt: number | undefined,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('accounts')
    .set({ locked_at: lockedAt ?? null })
    .where('account_id', '=', accountId)
    .where('locked_at', lockedAt === undefined ? 'is not' : 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Returns false when the account was so already, or does not exist. */
export async function setOperator(
  db: Db,
  accountId: AccountId,
  isOperator: boolean,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('accounts')
    .set({ is_operator: isOperator ? 1 : 0 })
    .where('account_id', '=', accountId)
    .where('is_operator', '=', isOperator ? 0 : 1)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** Returns the operators who are not locked, and keeps others from changing them until the transaction ends. */
export async function lockActiveOperators(db: Db): Promise<readonly AccountId[]> {
  const rows = await db
    .selectFrom('accounts')
    .select('account_id')
    .where('is_operator', '=', 1)
    .where('locked_at', 'is', null)
    .orderBy('account_id')
    .forUpdate()
    .execute()
  return rows.map((row) => row.account_id)
}

/** True when there is another account. */
export async function hasOtherAccounts(db: Db, accountId: AccountId): Promise<boolean> {
  const other = await db
    .selectFrom('accounts')
    .select('account_id')
    .where('account_id', '!=', accountId)
    .limit(1)
    .executeTakeFirst()
  return other !== undefined
}

type Row = {
  readonly account_id: AccountId
  readonly username: string
  readonly email_address: string | null
  readonly email_verified_at: number | null
  readonly created_at: number
  readonly is_operator: 0 | 1
  readonly locked_at: number | null
}

function readRow(row: Row): ListedAccount {
  return {
    accountId: row.account_id,
    username: row.username,
    emailAddress: row.email_address ?? undefined,
    isVerified: row.email_verified_at !== null,
    createdAt: row.created_at,
    isOperator: row.is_operator === 1,
    lockedAt: row.locked_at ?? undefined,
  }
}

// The accounts table.

import type { Selectable } from 'kysely'
import type { Db, Tables } from '../../database/tables.ts'
import type { AccountId } from '../../support/ids.ts'

export type Account = {
  readonly accountId: AccountId
  readonly username: string
  readonly usernameKey: string
  readonly emailAddress: string | undefined
  /** When a mailed link proved the address; undefined before that. */
  readonly emailVerifiedAt: number | undefined
  readonly passwordHash: string
  readonly timeZone: string
  readonly createdAt: number
  /** True for an account that runs this Taskr. */
  readonly isOperator: boolean
  /** When an operator locked the account; undefined while it may log in. */
  readonly lockedAt: number | undefined
}

export type NewAccount = Omit<Account, 'emailVerifiedAt' | 'isOperator' | 'lockedAt'> & {
  /** The hash of the invitation that lets the account in; each lets in one account. */
  readonly invitationHash: string | undefined
}

declare const held: unique symbol

/**
 * An account whose row this transaction has locked, so that no other one starts or ends its sessions, or changes what its
 * log-ins need, until this one ends. Functions that do either ask for one.
 */
export type HeldAccount = Account & { readonly [held]: true }

/**
 * Locks the account's row until the transaction ends and returns the row; undefined when there is none. A transaction does
 * this first, so that two of them cannot deadlock, and decides only by what it reads afterwards.
 */
export async function holdAccount(db: Db, accountId: AccountId): Promise<HeldAccount | undefined> {
  const row = await db
    .selectFrom('accounts')
    .selectAll()
    .where('account_id', '=', accountId)
    .forNoKeyUpdate()
    .executeTakeFirst()
  return row && hold(row)
}

/** Returns undefined when the username is taken, or the invitation is used. A new account is held. */
export async function addAccount(db: Db, account: NewAccount): Promise<HeldAccount | undefined> {
  const added = await db
    .insertInto('accounts')
    .values({
      account_id: account.accountId,
      username: account.username,
      username_key: account.usernameKey,
      email_address: account.emailAddress ?? null,
      password_hash: account.passwordHash,
      time_zone: account.timeZone,
      created_at: account.createdAt,
      invitation_hash: account.invitationHash ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst()
  return added && hold(added)
}

/** Makes the account the operator when it is the installation's first; returns whether it is. */
export async function makeFirstAccountOperator(db: Db, accountId: AccountId): Promise<boolean> {
  const first = await db
    .insertInto('first_accounts')
    .values({ installation: 1, account_id: accountId })
    .onConflict((conflict) => conflict.doNothing())
    .returning('account_id')
    .executeTakeFirst()
  if (first === undefined) return false
  await db
    .updateTable('accounts')
    .set({ is_operator: 1 })
    .where('account_id', '=', accountId)
    .execute()
  return true
}

export async function findAccount(db: Db, accountId: AccountId): Promise<Account | undefined> {
  const row = await db
    .selectFrom('accounts')
    .selectAll()
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row && readRow(row)
}

/** Returns those of the accounts that exist. */
export async function listExisting(
  db: Db,
  accountIds: readonly AccountId[],
): Promise<ReadonlySet<AccountId>> {
  if (accountIds.length === 0) return new Set()
  const rows = await db
    .selectFrom('accounts')
    .select('account_id')
    .where('account_id', 'in', accountIds)
    .execute()
  return new Set(rows.map((row) => row.account_id))
}

export async function findAccountByUsername(
  db: Db,
  usernameKey: string,
): Promise<Account | undefined> {
  const row = await db
    .selectFrom('accounts')
    .selectAll()
    .where('username_key', '=', usernameKey)
    .executeTakeFirst()
  return row && readRow(row)
}

/** Returns the account's e-mail address once it is verified. */
export async function findVerifiedAddress(
  db: Db,
  accountId: AccountId,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('accounts')
    .select('email_address')
    .where('account_id', '=', accountId)
    .where('email_verified_at', 'is not', null)
    .executeTakeFirst()
  return row?.email_address ?? undefined
}

export async function setPasswordHash(
  db: Db,
  { accountId }: HeldAccount,
  passwordHash: string,
): Promise<void> {
  await db
    .updateTable('accounts')
    .set({ password_hash: passwordHash })
    .where('account_id', '=', accountId)
    .execute()
}

export async function setTimeZone(db: Db, accountId: AccountId, timeZone: string): Promise<void> {
  await db
    .updateTable('accounts')
    .set({ time_zone: timeZone })
    .where('account_id', '=', accountId)
    .execute()
}

/** Lists the accounts with this verified address, oldest first. */
export async function listAccountsByEmailKey(
  db: Db,
  emailKey: string,
  most: number,
): Promise<readonly Account[]> {
  const rows = await db
    .selectFrom('accounts')
    .selectAll()
    .where('verified_email_key', '=', emailKey)
    .orderBy('account_id')
    .limit(most)
    .execute()
  return rows.map(readRow)
}

/** Sets a verified address, or removes the address. */
export async function setEmailAddress(
  db: Db,
  { accountId }: HeldAccount,
  email:
    | { readonly emailAddress: string; readonly emailKey: string; readonly verifiedAt: number }
    | undefined,
): Promise<void> {
  await db
    .updateTable('accounts')
    .set({
      email_address: email?.emailAddress ?? null,
      email_verified_at: email?.verifiedAt ?? null,
      verified_email_key: email?.emailKey ?? null,
    })
    .where('account_id', '=', accountId)
    .execute()
}

/**
 * Deletes the account, its sessions and its authorization requests. Its connections must already be deleted. When it was
 * the last account, the installation is empty again, and the next account is its first.
 */
export async function removeAccount(db: Db, accountId: AccountId): Promise<void> {
  await db.deleteFrom('accounts').where('account_id', '=', accountId).execute()
  const left = await db.selectFrom('accounts').select('account_id').limit(1).executeTakeFirst()
  if (left === undefined) await db.deleteFrom('first_accounts').execute()
}

function hold(row: Selectable<Tables['accounts']>): HeldAccount {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a brand exists only for the type checker
  return readRow(row) as HeldAccount
}

function readRow(row: Selectable<Tables['accounts']>): Account {
  return {
    accountId: row.account_id,
    username: row.username,
    usernameKey: row.username_key,
    emailAddress: row.email_address ?? undefined,
    emailVerifiedAt: row.email_verified_at ?? undefined,
    passwordHash: row.password_hash,
    timeZone: row.time_zone,
    createdAt: row.created_at,
    isOperator: row.is_operator === 1,
    lockedAt: row.locked_at ?? undefined,
  }
}

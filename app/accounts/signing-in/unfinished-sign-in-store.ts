// The table of log-ins whose password was right and whose code is missing. It stores only the SHA-256 of the secret that
// the browser holds.
import type { Db } from '../../database/tables.ts'
import type { HeldAccount } from '../own-account/account-store.ts'
import type { AccountId, SignInId } from '../../support/ids.ts'

export type UnfinishedSignIn = {
  readonly accountId: AccountId
  readonly signInId: SignInId
  readonly createdAt: number
  readonly expiresAt: number
}

export async function addUnfinishedSignIn(
  db: Db,
  { accountId }: HeldAccount,
  signIn: Omit<UnfinishedSignIn, 'accountId'> & { readonly secretHash: string },
): Promise<void> {
  await db
    .insertInto('unfinished_sign_ins')
    .values({
      account_id: accountId,
      sign_in_id: signIn.signInId,
      secret_hash: signIn.secretHash,
      created_at: signIn.createdAt,
      expires_at: signIn.expiresAt,
    })
    .execute()
}

/** Not limited to an account: the secret identifies it, as a session's cookie does. */
export async function findUnfinishedSignIn(
  db: Db,
  secretHash: string,
  now: number,
): Promise<UnfinishedSignIn | undefined> {
  const row = await db
    .selectFrom('unfinished_sign_ins')
    .selectAll()
    .where('secret_hash', '=', secretHash)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return (
    row && {
      accountId: row.account_id,
      signInId: row.sign_in_id,
      createdAt: row.created_at,
      expiresAt: row.expires_at,
    }
  )
}

/** Deletes the log-in that is finished now. Returns false when it has ended meanwhile. */
export async function consumeUnfinishedSignIn(
  db: Db,
  { accountId, signInId }: Pick<UnfinishedSignIn, 'accountId' | 'signInId'>,
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('unfinished_sign_ins')
    .where('account_id', '=', accountId)
    .where('sign_in_id', '=', signInId)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

/** Counts the account's log-ins that wait for a code. */
export async function countUnfinishedSignIns(
  db: Db,
  accountId: AccountId,
  now: number,
): Promise<number> {
  const row = await db
    .selectFrom('unfinished_sign_ins')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .where('expires_at', '>', now)
    .executeTakeFirst()
  return row?.count ?? 0
}

/** Removes the account's oldest ones beyond the limit. */
export async function removeSurplusSignIns(
  db: Db,
  accountId: AccountId,
  most: number,
): Promise<void> {
  await db
    .deleteFrom('unfinished_sign_ins')
    .where('account_id', '=', accountId)
    .where('sign_in_id', 'in', (signIns) =>
      signIns
        .selectFrom('unfinished_sign_ins')
        .select('sign_in_id')
        .where('account_id', '=', accountId)
        .orderBy('sign_in_id', 'desc')
        .limit(1_000)
        .offset(most),
    )
    .execute()
}

export async function removeUnfinishedSignIns(db: Db, { accountId }: HeldAccount): Promise<void> {
  await db.deleteFrom('unfinished_sign_ins').where('account_id', '=', accountId).execute()
}

export async function removeExpiredSignIns(db: Db, now: number): Promise<void> {
  await db.deleteFrom('unfinished_sign_ins').where('expires_at', '<=', now).execute()
}

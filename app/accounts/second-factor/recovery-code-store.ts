// The table of recovery codes that were not used yet. It stores only their SHA-256.
import type { Db } from '../../database/tables.ts'
import type { HeldAccount } from '../own-account/account-store.ts'
import type { AccountId } from '../../support/ids.ts'

/** Replaces all of an account's codes. */
export async function replaceRecoveryCodes(
  db: Db,
  account: HeldAccount,
  codes: { readonly hashes: readonly string[]; readonly createdAt: number },
): Promise<void> {
  await removeRecoveryCodes(db, account)
  await db
    .insertInto('recovery_codes')
    .values(
      codes.hashes.map((hash) => ({
        account_id: account.accountId,
        code_hash: hash,
        created_at: codes.createdAt,
      })),
    )
    .execute()
}

/** Deletes a code that is used now. Returns false when the account has no such code. */
export async function consumeRecoveryCode(
  db: Db,
  accountId: AccountId,
  codeHash: string,
): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('recovery_codes')
    .where('account_id', '=', accountId)
    .where('code_hash', '=', codeHash)
    .executeTakeFirst()
  return numDeletedRows === 1n
}

export async function countRecoveryCodes(db: Db, accountId: AccountId): Promise<number> {
  const row = await db
    .selectFrom('recovery_codes')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('account_id', '=', accountId)
    .executeTakeFirst()
  return row?.count ?? 0
}

export async function removeRecoveryCodes(db: Db, { accountId }: HeldAccount): Promise<void> {
  await db.deleteFrom('recovery_codes').where('account_id', '=', accountId).execute()
}

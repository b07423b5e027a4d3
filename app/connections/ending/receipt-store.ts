// The table of revocations as receipts: what each account can read of its ended connections.
import type { Db } from '../../database/tables.ts'
import type { AccountId } from '../../support/ids.ts'
import { revocationWithoutToken, type Revocation } from './revocation.ts'
import { revocationFrom } from './revocation-row.ts'

/** Lists an account's receipts, newest first. */
export async function listRevocations(
  db: Db,
  accountId: AccountId,
  count: number,
): Promise<readonly Revocation[]> {
  const rows = await db
    .selectFrom('revocations')
    .selectAll()
    .where('account_id', '=', accountId)
    .where('status', '<>', 'held')
    .orderBy('revocation_id', 'desc')
    .limit(count)
    .execute()
  return rows.map((row) => revocationWithoutToken(revocationFrom(row)))
}

/** Lists the accounts that have receipts, in order, after the given one. */
export async function listAccountsWithReceipts(
  db: Db,
  page: { readonly after: AccountId; readonly limit: number },
): Promise<readonly AccountId[]> {
  const rows = await db
    .selectFrom('revocations')
    .select('account_id')
    .distinct()
    .where('finished_at', 'is not', null)
    .where('account_id', '>', page.after)
    .orderBy('account_id')
    .limit(page.limit)
    .execute()
  return rows.map((row) => row.account_id)
}

export async function removeReceiptsBefore(db: Db, before: number): Promise<void> {
  await db
    .deleteFrom('revocations')
    .where('finished_at', '<', before)
    .returning('account_id')
    .execute()
}

/** Removes an account's receipts, and the workspace's name from revocations that are not finished. */
export async function removeReceipts(db: Db, accountId: AccountId): Promise<void> {
  await db
    .deleteFrom('revocations')
    .where('account_id', '=', accountId)
    .where('finished_at', 'is not', null)
    .execute()
  await db
    .updateTable('revocations')
    .set({ workspace_name: '' })
    .where('account_id', '=', accountId)
    .execute()
}

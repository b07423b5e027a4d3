// A row for an account, for tests of stores whose rows need an owner.
import type { Db } from '../../app/database/tables.ts'
import type { AccountId } from '../../app/support/ids.ts'

export async function addAccountForTests(db: Db, accountId: AccountId): Promise<void> {
  await db
    .insertInto('accounts')
    .values({
      account_id: accountId,
      username: accountId,
      username_key: accountId,
      email_address: null,
      password_hash: 'none',
      time_zone: 'UTC',
      created_at: 0,
    })
    .execute()
}

// Stores an account's connection, and whether its webhook works, for tests that need only their rows.
import type { Database } from '../../app/database/open-database.ts'
import { asWorkspaceId, type AccountId, type ConnectionId } from '../../app/support/ids.ts'

type Db = Database['db']

interface Owner {
  readonly accountId: AccountId
  readonly connectionId: ConnectionId
}

/** Does nothing when the connection is stored already. */
export async function storeConnection(db: Db, { accountId, connectionId }: Owner): Promise<void> {
  const account = {
    account_id: accountId,
    username: accountId,
    username_key: accountId,
    password_hash: '',
    time_zone: 'UTC',
    created_at: 0,
  }
  const connection = {
    account_id: accountId,
    connection_id: connectionId,
    workspace_id: asWorkspaceId(connectionId),
    workspace_name: 'Acme Robotics',
    workspace_slug: 'acme',
    scopes: '',
    status: 'active',
    sealed_access_token: '',
    created_at: 0,
    updated_at: 0,
    checked_at: 0,
  } as const
  await db
    .insertInto('accounts')
    .values(account)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await db
    .insertInto('connections')
    .values(connection)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Gives the connection a working webhook, or takes it away. */
export async function storeWebhook(
  db: Db,
  { accountId, connectionId }: Owner,
  { works }: { readonly works: boolean },
): Promise<void> {
  const status = works ? 'active' : 'none'
  await db
    .insertInto('webhooks')
    .values({
      account_id: accountId,
      connection_id: connectionId,
      status,
      failures: 0,
      next_check_at: 0,
      leased_until: 0,
      lease_number: 0,
    })
    .onConflict((conflict) => conflict.column('connection_id').doUpdateSet({ status }))
    .execute()
}

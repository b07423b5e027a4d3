// Test helpers for the mirror: a local Attio in this process, and a client of one connection to it.
import { createAttioClient, type AttioClient } from '@taskr/attio'
import { issueAccessToken } from '../../testing/access-token.ts'
import { createLocalAttio, type LocalAttio, type LocalAttioOptions } from '@taskr/local-attio'
import { ownersAccess, type Connection } from '../connections/connections.ts'
import type { Db } from '../database/tables.ts'
import type { Clock } from '../support/clock.ts'
import {
  asAccountId,
  asConnectionId,
  asWorkspaceId,
  type AccountId,
  type ConnectionId,
} from '../support/ids.ts'
import { listConnectionsWithCopies, type ListedConnection } from './mirror-store.ts'

export const owner = {
  accountId: asAccountId('account-a'),
  connectionId: asConnectionId('connection-a'),
}

export const connection: Connection = {
  ...owner,
  workspaceId: asWorkspaceId('workspace-a'),
  workspaceName: 'Acme Robotics',
  workspaceSlug: 'acme',
  memberId: undefined,
  approverId: undefined,
  ...ownersAccess(owner.accountId),
  scopes: [],
  status: 'active',
  createdAt: 0,
  updatedAt: 0,
  checkedAt: 0,
}

interface Owner {
  readonly accountId: AccountId
  readonly connectionId: ConnectionId
}

/** Stores the account and the connection if they are not there yet, and reads the connection as pages do. */
export async function listed(
  db: Db,
  { accountId, connectionId }: Owner,
  clock: Clock,
): Promise<ListedConnection> {
  const account = {
    account_id: accountId,
    username: accountId,
    username_key: accountId,
    password_hash: '',
    time_zone: 'UTC',
    created_at: 0,
  }
  const row = {
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
    .onConflict((on) => on.doNothing())
    .execute()
  await db
    .insertInto('connections')
    .values(row)
    .onConflict((on) => on.doNothing())
    .execute()
  const all = await listConnectionsWithCopies(db, accountId, clock.now())
  const found = all.find((one) => one.connectionId === connectionId)
  if (found === undefined) throw new Error('The connection is of another account.')
  return found
}

/** Gives the connection a webhook that works, or takes it away. */
export async function setWebhook(db: Db, { accountId, connectionId }: Owner, works: boolean) {
  const status = works ? 'active' : 'none'
  const row = { account_id: accountId, connection_id: connectionId, failures: 0, next_check_at: 0 }
  await db
    .insertInto('webhooks')
    .values({ ...row, status, leased_until: 0, lease_number: 0 })
    .onConflict((on) => on.column('connection_id').doUpdateSet({ status }))
    .execute()
}

export function openLocalAttio(
  clock: Clock,
  options: LocalAttioOptions = {},
): { readonly attio: LocalAttio; readonly accessToken: string } {
  const attio = createLocalAttio({ clock, rateLimits: false, ...options })
  return { attio, accessToken: issueAccessToken(attio) }
}

/** `before` is called with the path of each request before it is sent, and `rewrite` with each answer. */
export function clientOf(
  { attio, accessToken }: ReturnType<typeof openLocalAttio>,
  clock: Clock,
  before: (pathname: string) => void | Promise<void> = () => {},
  deadlineMs = 10_000,
  rewrite: (pathname: string, body: string) => string = (_, body) => body,
): AttioClient {
  return createAttioClient({
    accessToken,
    deadlineMs,
    endpoints: { app: attio.origin, api: attio.origin },
    now: clock.now,
    wait: clock.wait,
    fetch: async (input, init) => {
      const { pathname } = new URL(input instanceof Request ? input.url : input)
      await before(pathname)
      const answer = await attio.fetch(input instanceof Request ? input : input.toString(), init)
      const body = await answer.clone().text()
      const rewritten = rewrite(pathname, body)
      return rewritten === body ? answer : new Response(rewritten, answer)
    },
  })
}

// Test helpers for the mirror: a local Attio in this process, and a client of one connection to it.
import { createAttioClient, type AttioClient } from '@taskr/attio'
import { issueAccessToken } from '../../testing/access-token.ts'
import { createLocalAttio, type LocalAttio, type LocalAttioOptions } from '@taskr/local-attio'
import { ownersAccess, type Connection } from '../connections/connections.ts'
import { storeConnection } from '../../testing/database/store-connection.ts'
import type { Database } from '../database/open-database.ts'
import type { Clock } from '../support/clock.ts'
import {
  asAccountId,
  asConnectionId,
  asWorkspaceId,
  type AccountId,
  type ConnectionId,
} from '../support/ids.ts'
import { listConnectionsWithCopies, type ListedConnection } from './mirror-state-store.ts'

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

/** Reads a connection as pages do; it is stored first when the test has not done so. */
export async function listed(
  { db }: Database,
  owner: Owner,
  clock: Clock,
): Promise<ListedConnection> {
  await storeConnection(db, owner)
  const all = await listConnectionsWithCopies(db, owner.accountId, clock.now())
  const found = all.find(({ connectionId }) => connectionId === owner.connectionId)
  if (found === undefined) throw new Error('The connection is of another account.')
  return found
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

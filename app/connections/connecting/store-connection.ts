// Turns a held token into a connection in one transaction: stores the connection, releases the held token, queues the
// replaced token for revocation, and records the event.
import type { ActiveIdentity } from '@taskr/attio'
import type { Db } from '../../database/tables.ts'
import {
  asConnectionId,
  asMemberId,
  asWorkspaceId,
  type AccountId,
  type RevocationId,
} from '../../support/ids.ts'
import type { Secret } from '../../support/secret.ts'
import type { ConnectionParts } from '../connection-parts.ts'
import { addConnection, findConnectionToWorkspace, renewConnection } from '../connection-store.ts'
import { ownersAccess, type Connection, type SealedConnection } from '../connection.ts'
import { lackOf } from '../missing-scopes.ts'
import { openConnectionToken, queueRevocation } from '../ending/queue-revocation.ts'
import { releaseHeldToken } from '../ending/held-token-store.ts'

export interface Adoption {
  readonly accountId: AccountId
  readonly held: RevocationId
  readonly token: Secret
  readonly identity: ActiveIdentity
  readonly memberName: string | undefined
  /** The connection to renew, as the account may use it: its own, or one that it has a seat on. */
  readonly renews?: Connection | undefined
}

export interface StoredConnection {
  readonly connection: Connection
  /** True when the account was connected to this workspace already; the connection keeps its id. */
  readonly renewed: boolean
}

/** Returns undefined when the token is no longer held because it was given up meanwhile. */
export async function storeConnection(
  parts: ConnectionParts,
  adoption: Adoption,
): Promise<StoredConnection | undefined> {
  const { accountId, held, memberName, token } = adoption
  const stored = await unlessEnded(
    parts.database.transaction(async (db) => {
      if ((await releaseHeldToken(db, accountId, held)) === undefined) return undefined
      const { before, connection } = await takePlace(parts, db, adoption)
      // A replaced token must be revoked, unless Attio issued the same one again.
      if (before !== undefined && !isSameToken(openConnectionToken(parts, before), token)) {
        await queueRevocation(parts, db, before)
      }
      const { connectionId } = connection
      await parts.webhookSteps.begun(db, connection)
      const kind = before === undefined ? 'connected' : 'reconnected'
      const details = { workspace: connection.workspaceName, member: memberName ?? '' }
      await parts.accounts.recordEvent(db, accountId, { kind, connectionId, details })
      if (connection.accountId !== accountId) {
        const ofOwner = { workspace: details.workspace, by: memberName ?? 'A colleague' }
        const event = { kind, connectionId, details: ofOwner } as const
        await parts.accounts.recordEvent(db, connection.accountId, event)
      }
      return { connection, renewed: before !== undefined }
    }),
  )
  parts.live.changed(accountId)
  if (stored !== undefined) parts.live.changed(stored.connection.connectionId)
  return stored
}

async function unlessEnded<Stored>(storing: Promise<Stored>): Promise<Stored | undefined> {
  try {
    return await storing
  } catch (error) {
    if (error instanceof ConnectionEnded) return undefined
    throw error
  }
}

function isSameToken(before: ReturnType<typeof openConnectionToken>, now: Secret): boolean {
  return typeof before !== 'string' && before.reveal() === now.reveal()
}

/** Thrown inside the transaction, so that the token stays held and is revoked. */
class ConnectionEnded extends Error {
  override readonly name = 'ConnectionEnded'
}

/** Overwrites the connection only if it is still as it was read; if another tab was quicker, reads again. */
async function takePlace(
  parts: ConnectionParts,
  db: Db,
  adoption: Adoption,
): Promise<{ before: SealedConnection | undefined; connection: Connection }> {
  const { identity, renews, token } = adoption
  // Who reconnects with a seat renews the owner's token.
  const accountId = renews?.accountId ?? adoption.accountId
  const workspaceId = asWorkspaceId(identity.workspaceId)
  for (;;) {
    const before = await findConnectionToWorkspace(db, accountId, workspaceId)
    if (before === undefined && renews?.role === 'seat') throw new ConnectionEnded()
    const connection = connectionFrom(parts, { ...adoption, accountId }, before)
    const rowId = connection.connectionId
    const place = { field: 'attio.access_token', accountId, rowId } as const
    const sealed = { ...connection, sealedAccessToken: parts.sealer.seal(place, token) }
    const isWritten =
      before === undefined
        ? await addConnection(db, accountId, sealed)
        : await renewConnection(db, accountId, sealed, before.sealedAccessToken)
    if (isWritten) return { before, connection }
  }
}

function connectionFrom(
  parts: ConnectionParts,
  { accountId, identity, renews }: Adoption,
  before: Connection | undefined,
): Connection {
  const now = parts.clock.now()
  const approver = identity.authorizedByWorkspaceMemberId
  const approverId = approver === undefined ? undefined : asMemberId(approver)
  const isBySeat = renews?.role === 'seat'
  return {
    accountId,
    connectionId: before?.connectionId ?? asConnectionId(parts.ids()),
    workspaceId: asWorkspaceId(identity.workspaceId),
    workspaceName: identity.workspaceName,
    workspaceSlug: identity.workspaceSlug,
    memberId: isBySeat ? before?.memberId : approverId,
    approverId,
    ...ownersAccess(accountId),
    scopes: identity.scopes,
    status: lackOf(identity.scopes) === undefined ? 'active' : 'missing-scopes',
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
    checkedAt: now,
  }
}

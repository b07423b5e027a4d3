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
import {
  addConnection,
  findConnectionToWorkspace,
  renewConnection,
  type Connection,
  type SealedConnection,
} from '../connection-store.ts'
import { lackOf } from '../missing-scopes.ts'
import { openConnectionToken, queueRevocation } from '../ending/queue-revocation.ts'
import { releaseHeldToken } from '../ending/revocation-store.ts'

export interface Adoption {
  readonly accountId: AccountId
  readonly held: RevocationId
  readonly token: Secret
  readonly identity: ActiveIdentity
  readonly memberName: string | undefined
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
  const stored = await parts.database.transaction(async (db) => {
    if ((await releaseHeldToken(db, accountId, held)) === undefined) return undefined
    const { before, connection } = await takePlace(parts, db, adoption)
    // A replaced token must be revoked, unless Attio issued the same one again.
    if (before !== undefined && !isSameToken(openConnectionToken(parts, before), token)) {
      await queueRevocation(parts, db, before)
    }
    const { connectionId } = connection
    await parts.webhookSteps.begun(db, connection)
    await parts.accounts.recordEvent(db, accountId, {
      kind: before === undefined ? 'connected' : 'reconnected',
      connectionId,
      details: { workspace: connection.workspaceName, member: memberName ?? '' },
    })
    return { connection, renewed: before !== undefined }
  })
  parts.live.changed(accountId)
  return stored
}

function isSameToken(before: ReturnType<typeof openConnectionToken>, now: Secret): boolean {
  return typeof before !== 'string' && before.reveal() === now.reveal()
}

/** Overwrites the connection only if it is still as it was read; if another tab was quicker, reads again. */
async function takePlace(
  parts: ConnectionParts,
  db: Db,
  adoption: Adoption,
): Promise<{ before: SealedConnection | undefined; connection: Connection }> {
  const { accountId, identity, token } = adoption
  const workspaceId = asWorkspaceId(identity.workspaceId)
  for (;;) {
    const before = await findConnectionToWorkspace(db, accountId, workspaceId)
    const connection = connectionFrom(parts, adoption, before)
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
  { accountId, identity }: Adoption,
  before: Connection | undefined,
): Connection {
  const now = parts.clock.now()
  const approver = identity.authorizedByWorkspaceMemberId
  return {
    accountId,
    connectionId: before?.connectionId ?? asConnectionId(parts.ids()),
    workspaceId: asWorkspaceId(identity.workspaceId),
    workspaceName: identity.workspaceName,
    workspaceSlug: identity.workspaceSlug,
    memberId: approver === undefined ? undefined : asMemberId(approver),
    scopes: identity.scopes,
    status: lackOf(identity.scopes) === undefined ? 'active' : 'missing-scopes',
    createdAt: before?.createdAt ?? now,
    updatedAt: now,
    checkedAt: now,
  }
}

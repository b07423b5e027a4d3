// Stores the scopes and the workspace's name that `GET /v2/self` reports when they differ from the stored ones, and notifies
// open pages: both change in Attio without notice.
import type { ActiveIdentity } from '@taskr/attio'
import type { ConnectionParts } from './connection-parts.ts'
import { changeScopes, renameWorkspace } from './connection-store.ts'
import type { Connection } from './connection.ts'
import { lackOf } from './missing-scopes.ts'
import { withVisibleName } from './workspace-name.ts'

export async function noteIdentity(
  parts: ConnectionParts,
  connection: Connection,
  identity: ActiveIdentity,
): Promise<void> {
  // A cache on the way may answer with the identity of another token.
  if (identity.workspaceId !== connection.workspaceId) return
  const isRenamed = await noteName(parts, connection, withVisibleName(identity))
  const hasOtherScopes = await noteScopes(parts, connection, identity)
  if (isRenamed || hasOtherScopes) parts.live.changed(connection.connectionId)
}

async function noteName(
  { clock, database }: ConnectionParts,
  connection: Connection,
  { workspaceName, workspaceSlug }: ActiveIdentity,
): Promise<boolean> {
  if (workspaceName === connection.workspaceName && workspaceSlug === connection.workspaceSlug) {
    return false
  }
  const { accountId, connectionId } = connection
  const to = { workspaceName, workspaceSlug, at: clock.now() }
  // A list tells workspaces of one name apart, so its names may differ from the stored ones.
  return await renameWorkspace(database.db, accountId, connectionId, to)
}

async function noteScopes(
  parts: ConnectionParts,
  connection: Connection,
  { scopes }: ActiveIdentity,
): Promise<boolean> {
  const { accountId, connectionId } = connection
  const status = lackOf(scopes) === undefined ? 'active' : 'missing-scopes'
  const isSame = scopes.toSorted().join(' ') === connection.scopes.toSorted().join(' ')
  if (isSame && status === connection.status) return false
  return await parts.database.transaction(async (db) => {
    const at = parts.clock.now()
    if (!(await changeScopes(db, accountId, connection, { status, scopes, at }))) return false
    await parts.accounts.recordEvent(db, accountId, {
      kind: 'scopes-changed',
      connectionId,
      details: { workspace: connection.workspaceName, scopes: scopes.join(', ') },
    })
    return true
  })
}

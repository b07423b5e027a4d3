// Stores the scopes that `GET /v2/self` reports when they differ from the stored ones, and notifies open pages:
// scopes change in Attio's developer dashboard without notice.
import type { ActiveIdentity } from '@taskr/attio'
import type { ConnectionParts } from './connection-parts.ts'
import { changeScopes, type Connection } from './connection-store.ts'
import { lackOf } from './missing-scopes.ts'

export async function noteScopes(
  parts: ConnectionParts,
  connection: Connection,
  { scopes }: ActiveIdentity,
): Promise<void> {
  const { accountId, connectionId } = connection
  const status = lackOf(scopes) === undefined ? 'active' : 'missing-scopes'
  const isSame = scopes.toSorted().join(' ') === connection.scopes.toSorted().join(' ')
  if (isSame && status === connection.status) return
  const isNews = await parts.database.transaction(async (db) => {
    const at = parts.clock.now()
    if (!(await changeScopes(db, accountId, connection, { status, scopes, at }))) return false
    await parts.accounts.recordEvent(db, accountId, {
      kind: 'scopes-changed',
      connectionId,
      details: { workspace: connection.workspaceName, scopes: scopes.join(', ') },
    })
    return true
  })
  if (isNews) parts.live.changed(connectionId)
}

// A daily look at `GET /v2/self` for each connection: is the token still alive, and may it still do what Taskr needs?
// Scopes are changed in Attio's developer dashboard without a word to us.
import type { ActiveIdentity } from '@taskr/attio'
import { callAttio, endTrust } from './attio-clients.ts'
import type { ConnectionParts } from './connection-parts.ts'
import { claimConnectionCheck, markConnection, type Connection } from './connection-store.ts'
import { missingFrom } from './missing-scopes.ts'

const checkEveryMs = 24 * 3_600_000

/** Looks at every connection that is due. Returns how many it looked at. */
export async function checkConnections(
  parts: ConnectionParts,
  signal?: AbortSignal,
): Promise<number> {
  for (let checked = 0; ; checked++) {
    if (signal?.aborted === true) return checked
    const at = parts.clock.now()
    const due = await claimConnectionCheck(parts.database.db, { before: at - checkEveryMs, at })
    if (due === undefined) return checked
    await check(parts, due, signal)
  }
}

async function check(
  parts: ConnectionParts,
  connection: Connection,
  signal?: AbortSignal,
): Promise<void> {
  const outcome = await callAttio(parts, connection, (client) => client.self.identify(), signal)
  if (outcome.kind !== 'ok') return
  if (outcome.value.active) await compareScopes(parts, connection, outcome.value)
  else await endTrust(parts, connection, 'needs-reconnect')
}

async function compareScopes(
  parts: ConnectionParts,
  connection: Connection,
  { scopes }: ActiveIdentity,
): Promise<void> {
  const { accountId, connectionId } = connection
  const status = missingFrom(scopes).length === 0 ? 'active' : 'missing-scopes'
  const isSame = scopes.toSorted().join(' ') === connection.scopes.toSorted().join(' ')
  if (isSame && status === connection.status) return
  await parts.database.transaction(async (db) => {
    await markConnection(db, accountId, connectionId, { status, scopes, at: parts.clock.now() })
    await parts.accounts.recordEvent(db, accountId, {
      kind: 'scopes-changed',
      connectionId,
      details: { workspace: connection.workspaceName, scopes: scopes.join(', ') },
    })
  })
  parts.live.changed(accountId)
}

// Checks each connection daily with `GET /v2/self`: is its token still valid, with the scopes that Taskr needs?
// Scopes change in Attio's developer dashboard without notice.
import { callAttio, endTrust } from './calling/call-attio.ts'
import type { ConnectionParts } from './connection-parts.ts'
import { claimConnectionCheck, type Connection } from './connection-store.ts'
import { noteScopes } from './note-scopes.ts'

const checkEveryMs = 24 * 3_600_000

/** Checks every connection that is due. Returns how many it checked. */
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
  if (outcome.value.active) await noteScopes(parts, connection, outcome.value)
  else await endTrust(parts, connection, 'needs-reconnect')
}

// Checks each connection daily with `GET /v2/self`: is its token still valid, with the scopes that Taskr needs, and what
// is its workspace called?
import { callAttio, endTrust } from './calling/call-attio.ts'
import type { ConnectionParts } from './connection-parts.ts'
import { claimConnectionCheck, recordConnectionCheck } from './connection-check-store.ts'
import type { Connection } from './connection.ts'
import { noteIdentity } from './note-identity.ts'

/** Checks every connection that is due. Returns how many it checked. A check that throws is due when its lease ends. */
export async function checkConnections(
  parts: ConnectionParts,
  signal?: AbortSignal,
): Promise<number> {
  for (let checked = 0; ; checked++) {
    if (signal?.aborted === true) return checked
    const lease = await claimConnectionCheck(parts.database.db, parts.clock.now())
    if (lease === undefined) return checked
    const isConfirmed = await checkConnection(parts, lease, signal)
    const at = parts.clock.now()
    await recordConnectionCheck(parts.database.db, lease, { at, isConfirmed })
  }
}

/** Returns true when Attio answered that the token is valid. */
export async function checkConnection(
  parts: ConnectionParts,
  connection: Connection,
  signal?: AbortSignal,
): Promise<boolean> {
  const outcome = await callAttio(
    parts,
    connection,
    async (client, used) => ({ identity: await client.self.identify(), used }),
    signal,
  )
  if (outcome.kind !== 'ok') return false
  const { identity, used } = outcome.value
  if (identity.active) await noteIdentity(parts, connection, identity)
  else await endTrust(parts, used, 'needs-reconnect')
  return identity.active
}

// Calls Attio with a connection's token. Only this file opens the stored tokens of connections for calls, and only it
// translates Attio's refusals into their meaning for the connection.
import {
  attioSaysForbidden,
  createAttioClient,
  isAttioFailure,
  type AttioClient,
  type AttioFailure,
  type Identity,
} from '@taskr/attio'
import type { AccountId, ConnectionId } from '../../support/ids.ts'
import type { Secret } from '../../support/secret.ts'
import type { ConnectionParts } from '../connection-parts.ts'
import { findConnection } from '../usable-connection-store.ts'
import { markConnection } from '../connection-store.ts'
import type { SealedConnection } from '../connection.ts'
import { noteIdentity } from '../note-identity.ts'
import { openConnectionToken } from '../ending/queue-revocation.ts'
import type { Caller, Urgency } from './caller.ts'

export type AttioOutcome<Value> =
  | { readonly kind: 'ok'; readonly value: Value }
  /** Attio rejects the token, or Taskr cannot open it: nothing more is sent. */
  | { readonly kind: 'needs-reconnect' }
  /** The token lacks a scope (403), or Attio forbids the call for another reason; `said` holds Attio's words. */
  | { readonly kind: 'forbidden'; readonly said: string }
  /** Attio gave no usable answer; `retryAt` is set when Attio named a time. */
  | {
      readonly kind: 'unreachable'
      readonly failure: AttioFailure
      readonly retryAt: number | undefined
    }
  | { readonly kind: 'not-found' }
  /** No key of the ring opens the token: keys are being rotated, and this node has not read the new ring yet. */
  | { readonly kind: 'locked' }

/** Runs `work` with a client for the connection. After a 401 or 403, asks `GET /v2/self` once. */
export async function callAttio<Value>(
  parts: ConnectionParts,
  owner: { readonly accountId: AccountId; readonly connectionId: ConnectionId },
  work: (client: AttioClient, connection: SealedConnection) => Promise<Value>,
  signal?: AbortSignal,
  urgency: Urgency = 'background',
): Promise<AttioOutcome<Value>> {
  const connection = await findConnection(parts.database.db, owner.accountId, owner.connectionId)
  if (connection === undefined) return { kind: 'not-found' }
  if (connection.status === 'needs-reconnect') return { kind: 'needs-reconnect' }
  const token = openConnectionToken(parts, connection)
  if (token === 'unknown-key') return { kind: 'locked' }
  if (token === 'altered') {
    await endTrust(parts, connection, 'token-unreadable')
    return { kind: 'needs-reconnect' }
  }
  const caller = { key: connection.connectionId, urgency }
  const client = clientWith(parts, token, signal, caller)
  try {
    return { kind: 'ok', value: await work(client, connection) }
  } catch (error) {
    if (!isAttioFailure(error)) throw error
    return await meaningOf(parts, connection, client, error)
  }
}

/** Creates a client for a token. Without a caller, its calls are counted for no connection. */
export function clientWith(
  parts: ConnectionParts,
  token: Secret,
  signal?: AbortSignal,
  caller: Caller = { key: token, urgency: 'person' },
): AttioClient {
  return createAttioClient({
    accessToken: () => token.reveal(),
    endpoints: parts.attio.endpoints,
    fetch: parts.fetch,
    now: parts.clock.now,
    wait: parts.clock.wait,
    ...(parts.attioDeadlineMs !== undefined && { deadlineMs: parts.attioDeadlineMs }),
    sharedBackOff: parts.sharedBackOff,
    ...(typeof caller.key === 'string' && { tokenKey: caller.key }),
    rateLimiter: ({ access }, signal) => parts.rateLimiter.take(caller, access, signal),
    ...(signal === undefined ? {} : { signal }),
  })
}

async function meaningOf(
  parts: ConnectionParts,
  connection: SealedConnection,
  client: AttioClient,
  failure: AttioFailure,
): Promise<AttioOutcome<never>> {
  const retryAt = 'retryAt' in failure ? failure.retryAt : undefined
  if (failure.kind !== 'api') return { kind: 'unreachable', failure, retryAt }
  const isForbidden = attioSaysForbidden(failure)
  if (!isForbidden && failure.status !== 401) return { kind: 'unreachable', failure, retryAt }
  const identity = await identifyOrFail(client)
  if (identity?.active === false) {
    await endTrust(parts, connection, 'needs-reconnect')
    return { kind: 'needs-reconnect' }
  }
  if (!isForbidden) return { kind: 'unreachable', failure, retryAt }
  if (identity !== undefined) await noteIdentity(parts, connection, identity)
  return { kind: 'forbidden', said: failure.attioMessage }
}

/** Returns undefined when Attio did not answer this question either; then nothing changes. */
async function identifyOrFail(client: AttioClient): Promise<Identity | undefined> {
  try {
    return await client.self.identify()
  } catch (error) {
    if (!isAttioFailure(error)) throw error
    return undefined
  }
}

/** Stops all calls with this token until the person reconnects. A connection with a newer token stays as it is. */
export async function endTrust(
  parts: ConnectionParts,
  connection: SealedConnection,
  why: 'needs-reconnect' | 'token-unreadable',
): Promise<void> {
  const { accountId, connectionId } = connection
  await parts.database.transaction(async (db) => {
    const mark = { status: 'needs-reconnect', at: parts.clock.now() } as const
    if (!(await markConnection(db, connection, mark))) return
    await parts.accounts.recordEvent(db, accountId, {
      kind: why,
      connectionId,
      details: { workspace: connection.workspaceName },
    })
  })
  parts.live.changed(connectionId)
}

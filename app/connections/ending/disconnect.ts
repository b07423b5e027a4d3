// Ends a connection: deletes it and its mirror in one transaction, then removes its webhook and revokes its token at
// Attio, retrying later if Attio does not answer.
import type { Db } from '../../database/tables.ts'
import type { AccountId, ConnectionId, RevocationId } from '../../support/ids.ts'
import type { ConnectionParts } from '../connection-parts.ts'
import { listConnections } from '../usable-connection-store.ts'
import { removeConnection } from '../connection-store.ts'
import { withoutToken, type Connection } from '../connection.ts'
import { withinTimeLimit } from '../calling/time-limit.ts'
import { queueRevocation } from './queue-revocation.ts'
import { revokeDueTokens } from './revoke-tokens.ts'

/** Deletes another part's data of a connection, inside the transaction that ends it. */
export type ForgetStep = (db: Db, connectionId: ConnectionId) => Promise<void>

export type Disconnection =
  | { readonly kind: 'disconnected'; readonly connection: Connection }
  | { readonly kind: 'not-found' }

export async function disconnect(
  parts: ConnectionParts,
  forgetSteps: readonly ForgetStep[],
  owner: Owner,
): Promise<Disconnection> {
  return await withinTimeLimit((signal) => endAndRevoke(parts, forgetSteps, owner, signal))
}

/** Ends all connections of an account, which deleting the account must do first. */
export async function disconnectAll(
  parts: ConnectionParts,
  forgetSteps: readonly ForgetStep[],
  accountId: AccountId,
): Promise<void> {
  await withinTimeLimit(async (signal) => {
    for (const { connectionId, role } of await listConnections(parts.database.db, accountId)) {
      if (role === 'owner')
        await endAndRevoke(parts, forgetSteps, { accountId, connectionId }, signal)
    }
  })
}

interface Owner {
  readonly accountId: AccountId
  readonly connectionId: ConnectionId
}

async function endAndRevoke(
  parts: ConnectionParts,
  forgetSteps: readonly ForgetStep[],
  owner: Owner,
  signal: AbortSignal,
): Promise<Disconnection> {
  const ended = await parts.database.transaction((db) => end(parts, forgetSteps, db, owner))
  if (ended === undefined) return { kind: 'not-found' }
  await parts.database.truncateLog()
  parts.live.changed(owner.accountId)
  // The pages of its seats show it, too.
  parts.live.changed(owner.connectionId)
  await revokeDueTokens(parts, { only: ended.revocationId, signal })
  return { kind: 'disconnected', connection: ended.connection }
}

async function end(
  parts: ConnectionParts,
  forgetSteps: readonly ForgetStep[],
  db: Db,
  { accountId, connectionId }: Owner,
): Promise<{ connection: Connection; revocationId: RevocationId } | undefined> {
  const removed = await removeConnection(db, accountId, connectionId)
  if (removed === undefined) return undefined
  for (const forget of forgetSteps) await forget(db, connectionId)
  const left = await parts.webhookSteps.ended(db, connectionId)
  const revocationId = await queueRevocation(parts, db, removed, left)
  await parts.accounts.recordEvent(db, accountId, {
    kind: 'disconnected',
    connectionId,
    details: { workspace: removed.workspaceName },
  })
  return { connection: withoutToken(removed), revocationId }
}

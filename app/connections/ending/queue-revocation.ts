// Queues the token of an ended or renewed connection for revocation at Attio.
import type { Db } from '../../database/tables.ts'
import { asRevocationId, type RevocationId } from '../../support/ids.ts'
import type { Secret } from '../../support/secret.ts'
import type { ConnectionParts } from '../connection-parts.ts'
import type { SealedConnection } from '../connection.ts'
import { addRevocation } from './revocation-store.ts'
import { SealError, type SealErrorCode } from '../keys/seal.ts'
import type { LeftWebhook } from '../webhook-steps.ts'

export async function queueRevocation(
  parts: ConnectionParts,
  db: Db,
  connection: SealedConnection,
  left?: LeftWebhook,
): Promise<RevocationId> {
  const { accountId } = connection
  const revocationId = asRevocationId(parts.ids())
  const now = parts.clock.now()
  const opened = openConnectionToken(parts, connection)
  // Another node may have the key, so the connection cannot end here until this node has it, too.
  if (opened === 'unknown-key') throw new SealError(opened)
  const token = opened === 'altered' ? undefined : opened
  // Taskr cannot revoke a token that no key opens, and the receipt says so at once.
  const lost = token === undefined
  await addRevocation(db, accountId, {
    accountId,
    revocationId,
    connectionId: connection.connectionId,
    workspaceName: connection.workspaceName,
    sealedAccessToken: lost
      ? undefined
      : parts.sealer.seal({ field: 'attio.access_token', accountId, rowId: revocationId }, token),
    status: lost ? 'gave-up' : 'pending',
    attempts: 0,
    lastAnswer: lost ? 'token-unreadable' : undefined,
    nextAttemptAt: Math.max(now, left?.notBefore ?? 0),
    createdAt: now,
    finishedAt: lost ? now : undefined,
    webhook: left && {
      webhookId: left.webhookId,
      keyHash: left.keyHash,
      status: lost ? 'left' : 'pending',
      attempts: 0,
      lastAnswer: lost ? 'token-unreadable' : undefined,
    },
  })
  return revocationId
}

/** The token, or why it does not open: it was altered or moved, or the ring lacks its key. */
export function openConnectionToken(
  parts: ConnectionParts,
  { accountId, connectionId, sealedAccessToken }: SealedConnection,
): Secret | SealErrorCode {
  try {
    return parts.sealer.open(
      { field: 'attio.access_token', accountId, rowId: connectionId },
      sealedAccessToken,
    )
  } catch (error) {
    if (!(error instanceof SealError)) throw error
    parts.logger.error('connections.token-unreadable', { connectionId, error })
    return error.code
  }
}

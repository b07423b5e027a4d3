// Removes an ended connection's webhook with the token that made it, before that token is revoked. After three failures
// the token is revoked anyway: a valid token is worse than a webhook whose deliveries Taskr rejects.
import { attioSaysGone, isAttioFailure, type AttioClient, type AttioFailure } from '@taskr/attio'
import { sha256Base64Url } from '../../support/hash.ts'
import type { Secret } from '../../support/secret.ts'
import { clientWith } from '../calling/call-attio.ts'
import { settle } from '../../work/work.ts'
import type { ConnectionParts } from '../connection-parts.ts'
import { recordWebhookAttempt, type RevocationLease } from './revocation-store.ts'
import type { RevocationWebhook } from './revocation.ts'

const triesBeforeItStays = 3

/** Attio's answer to the removal, for the receipt. */
export type WebhookAnswer =
  | 'removed'
  | 'already-gone'
  | 'token-dead'
  | 'timeout'
  | 'network'
  | 'response'
  | 'too-large'
  | 'unavailable'
  | `http-${number}`

export type Removal =
  /** No removal is needed any more. */
  | { readonly kind: 'over' }
  | { readonly kind: 'again'; readonly retryAt: number; readonly attempts: number }
  /** Another worker has taken over the lease. */
  | { readonly kind: 'lost' }

export async function removeLeftWebhook(
  parts: ConnectionParts,
  { lease, token }: Removing,
  signal: AbortSignal | undefined,
): Promise<Removal> {
  const { webhook } = lease
  if (webhook?.status !== 'pending') return { kind: 'over' }
  const { answer, retryAt = 0 } = await ask(clientWith(parts, token, signal), webhook)
  const attempts = webhook.attempts + 1
  const status = statusAfter(answer, attempts)
  const ended = { status, attempts, answer, at: parts.clock.now() }
  const isHeld = await settle(parts.database, async (db) => {
    if (!(await recordWebhookAttempt(db, lease, ended))) return false
    if (status === 'pending') return true
    await parts.accounts.recordEvent(db, lease.accountId, {
      kind: status === 'removed' ? 'webhook-removed' : 'webhook-left',
      connectionId: lease.connectionId,
      details: { workspace: lease.workspaceName, answer },
    })
    return true
  })
  if (!isHeld) return { kind: 'lost' }
  parts.logger.info('connections.webhook-removal', {
    revocationId: lease.revocationId,
    status,
    answer,
    attempts,
  })
  return status === 'pending'
    ? { kind: 'again', retryAt, attempts: webhook.attempts }
    : { kind: 'over' }
}

interface Removing {
  readonly lease: RevocationLease
  readonly token: Secret
}

function statusAfter(answer: WebhookAnswer, attempts: number): RevocationWebhook['status'] {
  if (answer === 'removed' || answer === 'already-gone') return 'removed'
  const mayHelp = !/^(token-dead|http-4(?!29|08))/.test(answer)
  return mayHelp && attempts < triesBeforeItStays ? 'pending' : 'left'
}

async function ask(
  client: Pick<AttioClient, 'webhooks'>,
  webhook: RevocationWebhook,
): Promise<{ readonly answer: WebhookAnswer; readonly retryAt?: number | undefined }> {
  try {
    return { answer: await remove(client, webhook) }
  } catch (error) {
    if (!isAttioFailure(error)) throw error
    return { answer: answerOf(error), retryAt: error.kind === 'api' ? error.retryAt : undefined }
  }
}

async function remove(
  client: Pick<AttioClient, 'webhooks'>,
  { webhookId, keyHash }: RevocationWebhook,
): Promise<'removed' | 'already-gone'> {
  const ids = webhookId === undefined ? await idsByKey(client, keyHash) : [webhookId]
  let answer: 'removed' | 'already-gone' = 'already-gone'
  for (const id of ids) {
    try {
      await client.webhooks.delete(id)
      answer = 'removed'
    } catch (error) {
      if (!attioSaysGone(error, { kind: 'webhook', id })) throw error
    }
  }
  return answer
}

/** For a webhook that was being made when the connection ended: finds it by the hash of the key in its address. */
async function idsByKey(
  client: Pick<AttioClient, 'webhooks'>,
  keyHash: string | undefined,
): Promise<readonly string[]> {
  const all = await client.webhooks.list()
  return all.flatMap(({ id, targetUrl }) => {
    const key = targetUrl.slice(targetUrl.lastIndexOf('/') + 1)
    return sha256Base64Url(key) === keyHash ? [id] : []
  })
}

function answerOf(failure: AttioFailure): WebhookAnswer {
  if (failure.kind !== 'api') return failure.kind
  return failure.status === 401 ? 'token-dead' : `http-${failure.status}`
}

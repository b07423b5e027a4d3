// Makes a webhook at Attio. Attio shows the secret only once, so the key is stored before the request: after a crash or
// a lost answer the webhook is found by its key, removed, and made again.
import type { CreatedWebhook } from '@taskr/attio'
import type { AttioOutcome } from '../../connections/connections.ts'
import type { Connection } from '../../connections/connections.ts'
import { withinTimeLimit } from '../../connections/connections.ts'
import { asRefetchRequestId } from '../../support/ids.ts'
import { subscriptions } from '../inbox/read-events.ts'
import { requestFullSync } from '../refetching/refetch-request-store.ts'
import { startRefetching } from '../refetching/process-refetch-requests.ts'
import { sealSecret } from './webhook-secrets.ts'
import { hashOfKey, newKey } from './target-url.ts'
import type { WebhookParts } from '../webhook-parts.ts'
import { recordCreating, recordMade, type WebhookLease } from './webhook-store.ts'

/** Why a webhook is made. `interrupted`: the outcome of an earlier attempt is unknown. */
export type WhyAgain =
  | 'first'
  | 'interrupted'
  | 'missing'
  | 'degraded'
  | 'changed'
  | 'secret-unreadable'

/** Longer than the call waits for its answer. */
const askedForMs = 30_000

export async function makeWebhook(
  parts: WebhookParts,
  lease: WebhookLease,
  making: {
    readonly target: string
    readonly connection: Connection
    readonly why: WhyAgain
    readonly nextCheckInMs: number
  },
  signal: AbortSignal,
): Promise<AttioOutcome<CreatedWebhook>> {
  const key = newKey(parts.randomBytes)
  const creating = {
    keyHash: hashOfKey(key.reveal()),
    at: parts.clock.now(),
    forMs: askedForMs,
  }
  if (!(await recordCreating(parts.database.db, lease, creating))) return { kind: 'not-found' }
  const targetUrl = making.target + key.reveal()
  const asked = await withinTimeLimit(
    async (timeLimit) =>
      await parts.connections.callAttio(
        lease,
        (client) => client.webhooks.create({ targetUrl, subscriptions }),
        AbortSignal.any([signal, timeLimit]),
      ),
  )
  if (asked.kind === 'ok') await keepSecret(parts, lease, making, asked.value)
  return asked
}

async function keepSecret(
  parts: WebhookParts,
  lease: WebhookLease,
  making: {
    readonly connection: Connection
    readonly why: WhyAgain
    readonly nextCheckInMs: number
  },
  created: CreatedWebhook,
): Promise<void> {
  const { connection, why } = making
  const { accountId, connectionId } = lease
  const at = parts.clock.now()
  const isKept = await parts.database.transaction(async (db) => {
    const made = {
      webhookId: created.id,
      sealedSecret: sealSecret(parts, lease, created.secret),
      at,
      nextCheckAt: at + making.nextCheckInMs,
    }
    if (!(await recordMade(db, lease, made))) return false
    await parts.accounts.recordEvent(db, accountId, {
      kind: lease.madeAt === undefined ? 'webhook-made' : 'webhook-made-again',
      connectionId,
      details: {
        workspace: connection.workspaceName,
        ...(why === 'first' ? {} : { reason: why.replaceAll('-', ' ') }),
      },
    })
    // Events since the old webhook stopped were lost. Right after connecting, a full sync is under way anyway.
    const isQuick = why === 'first' && lease.failures === 0
    if (!isQuick)
      await requestFullSync(db, lease, { refetchRequestId: asRefetchRequestId(parts.ids()), at })
    return true
  })
  if (!isKept) return await withdraw(parts, lease, created.id)
  parts.live.changed(connectionId)
  parts.logger.info('webhooks.made', { connectionId, why })
  startRefetching(parts, lease)
}

/** Called when the connection ended or the lease was lost meanwhile. If this fails, the next check removes the webhook. */
async function withdraw(
  parts: WebhookParts,
  lease: WebhookLease,
  webhookId: string,
): Promise<void> {
  await parts.connections.callAttio(lease, (client) => client.webhooks.delete(webhookId))
}

// Makes a webhook at Attio. It is asked at most once and shows the secret once, so the key is stored before the
// question: after a crash or a lost answer the webhook is found by it, removed, and another one made.
import type { CreatedWebhook } from '@taskr/attio'
import type { AttioOutcome } from '../../connections/calling/call-attio.ts'
import type { Connection } from '../../connections/connections.ts'
import { withinPatience } from '../../connections/calling/time-limit.ts'
import { asHintId } from '../../support/ids.ts'
import { subscriptions } from '../inbox/read-events.ts'
import { noteGap } from '../refetching/refetch-request-store.ts'
import { kickHints } from '../refetching/process-refetch-requests.ts'
import { sealSecret } from './webhook-secrets.ts'
import { hashOfKey, newKey } from './target-url.ts'
import type { WebhookParts } from '../webhook-parts.ts'
import { recordCreating, recordMade, type WebhookLease } from './webhook-store.ts'

/** Why there is one to make. `interrupted`: nobody knows how an earlier attempt ended. */
export type WhyAgain =
  | 'first'
  | 'interrupted'
  | 'missing'
  | 'degraded'
  | 'changed'
  | 'secret-unreadable'

/** Longer than whoever asks waits for the answer. */
const askedForMs = 30_000

export async function makeWebhook(
  parts: WebhookParts,
  lease: WebhookLease,
  making: {
    readonly target: string
    readonly connection: Connection
    readonly why: WhyAgain
    readonly nextLookInMs: number
  },
  signal: AbortSignal,
): Promise<AttioOutcome<CreatedWebhook>> {
  const key = newKey(parts.randomBytes)
  const creating = {
    keyHash: hashOfKey(key.reveal()),
    until: parts.clock.now() + askedForMs,
  }
  if (!(await recordCreating(parts.database.db, lease, creating))) return { kind: 'not-found' }
  const targetUrl = making.target + key.reveal()
  const asked = await withinPatience(
    async (patience) =>
      await parts.connections.callAttio(
        lease,
        (client) => client.webhooks.create({ targetUrl, subscriptions }),
        AbortSignal.any([signal, patience]),
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
    readonly nextLookInMs: number
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
      nextLookAt: at + making.nextLookInMs,
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
    // What happened since the old one stopped, nobody told: only right after connecting a walk is under way.
    const isQuick = why === 'first' && lease.failures === 0
    if (!isQuick) await noteGap(db, lease, { hintId: asHintId(parts.ids()), at })
    return true
  })
  if (!isKept) return await withdraw(parts, lease, created.id)
  parts.live.changed(accountId)
  parts.logger.info('webhooks.made', { connectionId, why })
  kickHints(parts, lease)
}

/** The connection ended meanwhile, or another node took over. If this fails, whoever looks next removes it. */
async function withdraw(
  parts: WebhookParts,
  lease: WebhookLease,
  webhookId: string,
): Promise<void> {
  await parts.connections.callAttio(lease, (client) => client.webhooks.delete(webhookId))
}

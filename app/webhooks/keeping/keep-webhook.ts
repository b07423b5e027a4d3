// Sees to it that each connection has its webhook at Attio: once a day, after connecting and after a failure it is
// looked at, what is ours and serves nobody is removed, and what is missing or broken is made again.
import { attioSaysGone, type AttioClient, type Webhook } from '@taskr/attio'
import type { AttioOutcome } from '../../connections/calling/call-attio.ts'
import { mayHear } from '../../connections/missing-scopes.ts'
import type { ConnectionId } from '../../support/ids.ts'
import { isWhole } from '../inbox/read-events.ts'
import { makeWebhook, type WhyAgain } from './make-webhook.ts'
import { backOffMs } from '../../work/work.ts'
import { openSecret } from './webhook-secrets.ts'
import { hashOfTarget } from './target-url.ts'
import type { WebhookParts } from '../webhook-parts.ts'
import {
  leaseDueWebhook,
  listKnownKeys,
  recordLook,
  removeWebhook,
  type WebhookLease,
  type WebhookProblem,
} from './webhook-store.ts'

const leaseMs = 2 * 60_000
const lookEveryMs = 24 * 3_600_000
const backOff = { firstMs: 30_000, longestMs: 6 * 3_600_000 }

/** Looks at every webhook that is due, or at this connection's. Returns how many it looked at. */
export async function keepDueWebhooks(
  parts: WebhookParts,
  options: { readonly only?: ConnectionId; readonly signal: AbortSignal },
): Promise<number> {
  const { only, signal } = options
  for (let looks = 0; ; looks++) {
    if (signal.aborted) return looks
    const at = parts.clock.now()
    const lease = await leaseDueWebhook(parts.database.db, { at, until: at + leaseMs, only })
    if (lease === undefined) return looks
    await keep(parts, lease, signal)
  }
}

async function keep(parts: WebhookParts, lease: WebhookLease, signal: AbortSignal): Promise<void> {
  const connection = await parts.connections.find(lease)
  // It ended, and its webhook is seen to with its token.
  if (connection === undefined) {
    await removeWebhook(parts.database.db, lease.connectionId)
    return
  }
  const { target } = parts
  if (target === undefined) return await rest(parts, lease, 'no-address')
  if (connection.status === 'needs-reconnect') return await rest(parts, lease, 'needs-reconnect')
  if (!mayHear(connection.scopes)) return await rest(parts, lease, 'missing-scope')
  const secret = openSecret(parts, lease)
  if (secret === 'unknown-key') return await fail(parts, lease, 'unreachable')

  const looked = await parts.connections.callAttio(
    lease,
    (client) => look(parts, client, { lease, target, isReadable: secret !== 'altered' }),
    signal,
  )
  if (looked.kind !== 'ok') return await failWith(parts, lease, looked)
  if (looked.value === 'fine') return await rest(parts, lease, undefined)
  const made = await makeWebhook(
    parts,
    lease,
    { target, connection, why: looked.value, nextLookInMs: lookEveryMs },
    signal,
  )
  if (made.kind !== 'ok') await failWith(parts, lease, made)
}

/** Removes at Attio what must not stay, and says what is left to do. */
async function look(
  parts: WebhookParts,
  client: Pick<AttioClient, 'webhooks'>,
  looking: {
    readonly lease: WebhookLease
    readonly target: string
    readonly isReadable: boolean
  },
): Promise<'fine' | WhyAgain> {
  const { lease, target, isReadable } = looking
  const all = await client.webhooks.list()
  const own = all.find(({ id }) => id === lease.webhookId)
  for (const stray of await straysOf(parts, lease, target, all)) await remove(client, stray.id)
  if (lease.status !== 'active') return lease.madeAt === undefined ? 'first' : 'interrupted'
  if (own === undefined) return 'missing'
  const why = !isReadable
    ? 'secret-unreadable'
    : own.status !== 'active'
      ? 'degraded'
      : hashOfTarget(target, own.targetUrl) !== lease.keyHash || !isWhole(own)
        ? 'changed'
        : undefined
  if (why === undefined) return 'fine'
  await remove(client, own.id)
  return why
}

/**
 * Ours by their address, and nobody's: keys that no row knows, and our own key where the answer that held the secret
 * was lost. Others' keys are known before Attio hears of them, so nobody's new webhook is taken for a stray.
 */
async function straysOf(
  parts: WebhookParts,
  lease: WebhookLease,
  target: string,
  all: readonly Webhook[],
): Promise<readonly Webhook[]> {
  const ours = all.flatMap((webhook) => {
    const keyHash = hashOfTarget(target, webhook.targetUrl)
    return keyHash === undefined || webhook.id === lease.webhookId ? [] : [{ webhook, keyHash }]
  })
  const known = await listKnownKeys(
    parts.database.db,
    ours.map(({ keyHash }) => keyHash),
  )
  return ours
    .filter(({ keyHash }) => !known.has(keyHash) || keyHash === lease.keyHash)
    .map(({ webhook }) => webhook)
}

async function remove(client: Pick<AttioClient, 'webhooks'>, webhookId: string): Promise<void> {
  try {
    await client.webhooks.delete(webhookId)
  } catch (error) {
    if (!attioSaysGone(error, { kind: 'webhook', id: webhookId })) throw error
  }
}

/** All is well, or nothing can be done about it for now. */
async function rest(
  parts: WebhookParts,
  lease: WebhookLease,
  problem: WebhookProblem | undefined,
): Promise<void> {
  const nextLookAt = parts.clock.now() + lookEveryMs
  await recordLook(parts.database.db, lease, { problem, failures: 0, nextLookAt })
  if (problem !== lease.problem) parts.live.changed(lease.accountId)
}

async function failWith(
  parts: WebhookParts,
  lease: WebhookLease,
  outcome: Exclude<AttioOutcome<unknown>, { kind: 'ok' }>,
): Promise<void> {
  switch (outcome.kind) {
    case 'forbidden':
      return await rest(parts, lease, 'missing-scope')
    case 'needs-reconnect':
      return await rest(parts, lease, 'needs-reconnect')
    case 'not-found':
      return undefined
    case 'locked':
      return await fail(parts, lease, 'unreachable')
    case 'unreachable': {
      const { failure, retryAt } = outcome
      const isRefusal = failure.kind === 'api' && failure.status < 500 && failure.status !== 429
      parts.logger.warn('webhooks.look-failed', {
        connectionId: lease.connectionId,
        error: failure,
      })
      return await fail(parts, lease, isRefusal ? 'refused' : 'unreachable', retryAt)
    }
  }
}

async function fail(
  parts: WebhookParts,
  lease: WebhookLease,
  problem: WebhookProblem,
  retryAt = 0,
): Promise<void> {
  const again = parts.clock.now() + backOffMs(parts.randomBytes, backOff, lease.failures)
  await recordLook(parts.database.db, lease, {
    problem,
    failures: lease.failures + 1,
    nextLookAt: Math.max(again, retryAt),
  })
  if (problem !== lease.problem) parts.live.changed(lease.accountId)
}

// Maintains each connection's webhook at Attio: checks it once a day, after connecting and after a failure, removes
// stray webhooks of Taskr, and makes a missing or broken one again.
import { attioSaysGone, type AttioClient, type Webhook } from '@taskr/attio'
import type { AttioOutcome } from '../../connections/connections.ts'
import { mayHear } from '../../connections/connections.ts'
import type { ConnectionId } from '../../support/ids.ts'
import { hasEverySubscription } from '../inbox/read-events.ts'
import { makeWebhook, type WhyAgain } from './make-webhook.ts'
import { backOffMs } from '../../work/work.ts'
import { openSecret } from './webhook-secrets.ts'
import { hashOfTarget } from './target-url.ts'
import type { WebhookParts } from '../webhook-parts.ts'
import {
  checkEveryMs,
  claimDueWebhook,
  recordCheck,
  removeWebhook,
  type WebhookLease,
} from './webhook-store.ts'
import { listKnownKeys } from './webhook-key-store.ts'
import type { WebhookProblem } from './webhook-row.ts'

const backOff = { firstMs: 30_000, longestMs: 6 * 3_600_000 }

/** Checks every due webhook, or this connection's. Returns how many it checked. */
export async function checkDueWebhooks(
  parts: WebhookParts,
  options: { readonly only?: ConnectionId; readonly signal: AbortSignal },
): Promise<number> {
  const { only, signal } = options
  for (let checks = 0; ; checks++) {
    if (signal.aborted) return checks
    const lease = await claimDueWebhook(parts.database.db, { at: parts.clock.now(), only })
    if (lease === undefined) return checks
    await keep(parts, lease, signal)
  }
}

async function keep(parts: WebhookParts, lease: WebhookLease, signal: AbortSignal): Promise<void> {
  const connection = await parts.connections.find(lease)
  // The connection ended: its webhook is removed with its token.
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

  const checked = await parts.connections.callAttio(
    lease,
    (client) => check(parts, client, { lease, target, isReadable: secret !== 'altered' }),
    signal,
  )
  if (checked.kind !== 'ok') return await failWith(parts, lease, checked)
  if (checked.value === 'fine') return await rest(parts, lease, undefined)
  const made = await makeWebhook(
    parts,
    lease,
    { target, connection, why: checked.value, nextCheckInMs: checkEveryMs },
    signal,
  )
  if (made.kind !== 'ok') await failWith(parts, lease, made)
}

/** Removes webhooks that must not stay. Returns the reason to make one, or `fine`. */
async function check(
  parts: WebhookParts,
  client: Pick<AttioClient, 'webhooks'>,
  checking: {
    readonly lease: WebhookLease
    readonly target: string
    readonly isReadable: boolean
  },
): Promise<'fine' | WhyAgain> {
  const { lease, target, isReadable } = checking
  const all = await client.webhooks.list()
  const own = all.find(({ id }) => id === lease.webhookId) ?? (await findOwn(client, lease))
  for (const stray of await straysOf(parts, lease, target, all)) await remove(client, stray.id)
  if (lease.status !== 'active') return lease.madeAt === undefined ? 'first' : 'interrupted'
  if (own === undefined) return 'missing'
  const why = !isReadable
    ? 'secret-unreadable'
    : own.status !== 'active'
      ? 'degraded'
      : hashOfTarget(target, own.targetUrl) !== lease.keyHash || !hasEverySubscription(own)
        ? 'changed'
        : undefined
  if (why === undefined) return 'fine'
  await remove(client, own.id)
  return why
}

/** Returns the connection's webhook when the list lacks it; undefined when there is none, or Attio says that it is gone. */
async function findOwn(
  client: Pick<AttioClient, 'webhooks'>,
  { status, webhookId }: WebhookLease,
): Promise<Webhook | undefined> {
  if (status !== 'active' || webhookId === undefined) return undefined
  try {
    return await client.webhooks.get(webhookId)
  } catch (error) {
    if (!attioSaysGone(error, { kind: 'webhook', id: webhookId })) throw error
    return undefined
  }
}

/**
 * Returns webhooks at Taskr's address that no connection uses: those with an unknown key, and one with this connection's
 * key whose secret was lost with Attio's answer. Every key is stored before Attio is asked, so a webhook that another
 * connection is just making never counts as stray.
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

/** Ends a check when the webhook works, or when nothing can be done for now. */
async function rest(
  parts: WebhookParts,
  lease: WebhookLease,
  problem: WebhookProblem | undefined,
): Promise<void> {
  const nextCheckAt = parts.clock.now() + checkEveryMs
  const ended = { problem, failures: 0, nextCheckAt }
  const isHeld = await recordCheck(parts.database.db, lease, ended)
  if (isHeld) await tellOf(parts, lease, problem)
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
      parts.logger.warn('webhooks.check-failed', {
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
  const at = parts.clock.now()
  const again = at + backOffMs(parts.randomBytes, backOff, lease.failures)
  const isHeld = await recordCheck(parts.database.db, lease, {
    problem,
    failures: lease.failures + 1,
    nextCheckAt: Math.max(again, Math.min(retryAt, at + backOff.longestMs)),
  })
  if (isHeld) await tellOf(parts, lease, problem)
}

/** Tells open pages of a new problem, and lets syncs take the place of the deliveries that do not come. */
async function tellOf(
  parts: WebhookParts,
  { connectionId, problem: before }: WebhookLease,
  problem: WebhookProblem | undefined,
): Promise<void> {
  if (problem !== undefined) await parts.sync.syncByTime(connectionId)
  if (problem !== before) parts.live.changed(connectionId)
}

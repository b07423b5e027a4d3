// Receives a delivery: finds its webhook, verifies Attio's signature, and stores the subjects to read again before it
// answers. Refetching starts afterwards.
import { readWebhookDelivery, verifyWebhookSignature } from '@taskr/attio'
import { sha256Base64Url, sha256OfBytes } from '../../support/hash.ts'
import { subjectsOf } from './read-events.ts'
import type { RefetchSubject } from '../refetching/refetch-request-store.ts'
import type { Inbox } from './inbox.ts'
import type { VerifyingKeys } from '../keeping/webhook-secrets.ts'
import { hashOfKey } from '../keeping/target-url.ts'
import type { WebhookParts } from '../webhook-parts.ts'
import type { WebhookRow } from '../keeping/webhook-row.ts'

export interface Delivery {
  /** The last segment of the address. */
  readonly key: string
  /** The body as received. */
  readonly body: Uint8Array
  readonly signature: string | undefined
  readonly idempotencyKey: string | undefined
}

export type Receipt =
  | { readonly kind: 'stored'; readonly owner: WebhookRow }
  /** The same message was stored before. */
  | { readonly kind: 'repeated' }
  | { readonly kind: 'unknown-key' }
  | { readonly kind: 'wrong-signature' }
  /** The webhook's secret is not stored yet or does not open: Attio must send the delivery again. */
  | { readonly kind: 'later'; readonly owner: WebhookRow; readonly isUnreadable: boolean }
  /** Too many deliveries are waiting: Attio must send it again. */
  | { readonly kind: 'no-room' }

type ReceiveParts = Pick<WebhookParts, 'clock' | 'ids' | 'logger'> & {
  readonly inbox: Inbox
  readonly verifyingKeyOf: VerifyingKeys
}

export async function receiveDelivery(parts: ReceiveParts, delivery: Delivery): Promise<Receipt> {
  const keyHash = hashOfKey(delivery.key)
  const webhook = await parts.inbox.find(keyHash)
  if (webhook === undefined) return { kind: 'unknown-key' }
  if (webhook === 'no-room') return { kind: 'no-room' }
  const secret = await parts.verifyingKeyOf(webhook)
  if (secret === undefined || typeof secret === 'string') {
    return { kind: 'later', owner: webhook, isUnreadable: secret === 'altered' }
  }
  const { body, signature } = delivery
  const isAttios = await verifyWebhookSignature({ body, signature, secret })
  return isAttios
    ? await store(parts, webhook, { ...delivery, keyHash })
    : { kind: 'wrong-signature' }
}

async function store(
  parts: ReceiveParts,
  webhook: WebhookRow,
  delivery: Delivery & { readonly keyHash: string },
): Promise<Receipt> {
  const stored = await parts.inbox.store({
    owner: webhook,
    keyHash: delivery.keyHash,
    mark: {
      connectionId: webhook.connectionId,
      // Attio always sends a key. Without one, a repeated message looks the same as another one with an equal body.
      idempotencyHash: sha256Base64Url(delivery.idempotencyKey ?? parts.ids()),
      bodyHash: sha256OfBytes(delivery.body),
      receivedAt: parts.clock.now(),
    },
    subjects: readSubjects(parts, webhook, delivery.body),
  })
  return stored === 'stored' ? { kind: stored, owner: webhook } : { kind: stored }
}

/** A signed but unreadable delivery could mean anything, so it asks for a full sync. */
function readSubjects(
  { logger }: Pick<WebhookParts, 'logger'>,
  { connectionId }: WebhookRow,
  body: Uint8Array,
): readonly RefetchSubject[] {
  const read = readWebhookDelivery(new TextDecoder().decode(body))
  if (read.kind === 'delivery') return subjectsOf(read.events)
  const { path, expectation } = read
  logger.warn('webhooks.unreadable-delivery', { connectionId, path, expectation })
  return [{ about: 'everything' }]
}

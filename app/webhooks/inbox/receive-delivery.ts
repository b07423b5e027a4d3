// Takes a delivery in: whose it is, whether it is Attio's, and what it gives reason to look at. It is stored before it
// is answered, and looked into only afterwards.
import { readWebhookDelivery, verifyWebhookSignature } from '@taskr/attio'
import { sha256Base64Url, sha256OfBytes } from '../../support/hash.ts'
import { hintsOf } from './read-events.ts'
import type { Hint } from '../refetching/refetch-request-store.ts'
import type { Inbox } from './inbox.ts'
import type { VerifyingKeys } from '../keeping/webhook-secrets.ts'
import { hashOfKey } from '../keeping/target-url.ts'
import type { WebhookParts } from '../webhook-parts.ts'
import type { WebhookRow } from '../keeping/webhook-store.ts'

export interface Delivery {
  /** The last segment of the address. */
  readonly key: string
  /** As received. */
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
  /** Ours, but its secret is not here (yet): Attio is to send it again. */
  | { readonly kind: 'later'; readonly owner: WebhookRow; readonly isUnreadable: boolean }
  /** So many wait to be stored that Attio does better to send it again. */
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
      // Attio always sends a key. Without one, nothing tells an equal message from the same one.
      idempotencyHash: sha256Base64Url(delivery.idempotencyKey ?? parts.ids()),
      bodyHash: sha256OfBytes(delivery.body),
      receivedAt: parts.clock.now(),
    },
    hints: readHints(parts, webhook, delivery.body),
  })
  return stored === 'stored' ? { kind: stored, owner: webhook } : { kind: stored }
}

/** What cannot be read, though it is Attio's, may have told of anything. */
function readHints(
  { logger }: Pick<WebhookParts, 'logger'>,
  { connectionId }: WebhookRow,
  body: Uint8Array,
): readonly Hint[] {
  const read = readWebhookDelivery(new TextDecoder().decode(body))
  if (read.kind === 'delivery') return hintsOf(read.events)
  const { path, expectation } = read
  logger.warn('webhooks.unreadable-delivery', { connectionId, path, expectation })
  return [{ about: 'everything' }]
}

// Stores deliveries in batches: those that arrive during one transaction share the next, so that a thousand at once cost
// only a few commits. Each delivery is answered after its own transaction.
import type { Db } from '../../database/tables.ts'
import { asRefetchRequestId } from '../../support/ids.ts'
import { createBatcher, type Batcher } from '../../support/batcher.ts'
import { addDeliveries, markKey, type DeliveryMark } from './delivery-store.ts'
import { keyOfSubject } from './read-events.ts'
import {
  addRefetchRequests,
  type RefetchSubject,
  type NewRefetchRequest,
} from '../refetching/refetch-request-store.ts'
import type { Owner, WebhookParts } from '../webhook-parts.ts'
import { holdKeys, listWebhooksByKey } from '../keeping/webhook-key-store.ts'
import type { WebhookRow } from '../keeping/webhook-row.ts'

export interface Inbox {
  /** Finds the webhook that a key belongs to. */
  readonly find: Batcher<string, WebhookRow | undefined>
  readonly store: Batcher<Verified, Stored>
}

export interface Verified {
  readonly owner: Owner
  readonly keyHash: string
  readonly mark: DeliveryMark
  readonly subjects: readonly RefetchSubject[]
}

/** `repeated`: it was stored before. `unknown-key`: the connection ended, or has another webhook now. */
export type Stored = 'stored' | 'repeated' | 'unknown-key'

type InboxParts = Pick<WebhookParts, 'database' | 'clock' | 'ids'>

/** With more deliveries than this, some would wait longer than Attio waits for an answer. */
const limits = { atOnce: 200, waiting: 2_000 }

export function createInbox(parts: InboxParts): Inbox {
  const { db, transaction } = parts.database
  return {
    find: createBatcher(async (keyHashes) => {
      const webhooks = await listWebhooksByKey(db, [...new Set(keyHashes)])
      const byKey = new Map(webhooks.map((webhook) => [webhook.keyHash, webhook]))
      return keyHashes.map((keyHash) => byKey.get(keyHash))
    }, limits),
    store: createBatcher(
      (deliveries) => transaction((db) => storeAll(parts, db, deliveries)),
      limits,
    ),
  }
}

async function storeAll(
  { clock, ids }: InboxParts,
  db: Db,
  deliveries: readonly Verified[],
): Promise<readonly Stored[]> {
  const keys = await holdKeys(db, [...new Set(deliveries.map(({ keyHash }) => keyHash))])
  const known = deliveries.filter(({ keyHash }) => keys.has(keyHash))
  const added = await addDeliveries(
    db,
    known.map(({ mark }) => mark),
  )
  const fresh = known.filter(({ mark }) => added.has(markKey(mark)))
  const requests = subjectsOf(fresh).map(([owner, subject]): NewRefetchRequest => {
    const { accountId, connectionId } = owner
    return { accountId, connectionId, subject, refetchRequestId: asRefetchRequestId(ids()) }
  })
  await addRefetchRequests(db, requests, clock.now())
  return deliveries.map((delivery) => {
    if (!keys.has(delivery.keyHash)) return 'unknown-key'
    return added.has(markKey(delivery.mark)) ? 'stored' : 'repeated'
  })
}

/** Returns each subject once, in the same order on every node, so that transactions do not deadlock. */
function subjectsOf(
  deliveries: readonly Verified[],
): readonly (readonly [Owner, RefetchSubject])[] {
  const byKey = deliveries.flatMap(({ owner, subjects }) =>
    subjects.map(
      (subject) => [`${owner.connectionId} ${keyOfSubject(subject)}`, [owner, subject]] as const,
    ),
  )
  return [...new Map(byKey)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, subject]) => subject)
}

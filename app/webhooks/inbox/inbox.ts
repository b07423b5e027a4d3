// Stores deliveries: whatever comes while one transaction is under way shares the next, so that a thousand at once cost
// a few commits. Each is answered only when its own is through.
import type { Db } from '../../database/tables.ts'
import { asHintId } from '../../support/ids.ts'
import { createTogether, type Together } from '../../support/batcher.ts'
import { addDeliveries, markKey, type DeliveryMark } from './delivery-store.ts'
import { keyOfHint } from './read-events.ts'
import { noteHints, type Hint, type NewHint } from '../refetching/refetch-request-store.ts'
import type { Owner, WebhookParts } from '../webhook-parts.ts'
import { holdKeys, listWebhooksByKey, type WebhookRow } from '../keeping/webhook-store.ts'

export interface Inbox {
  /** Whose key it is. */
  readonly find: Together<string, WebhookRow | undefined>
  readonly store: Together<Verified, Stored>
}

export interface Verified {
  readonly owner: Owner
  readonly keyHash: string
  readonly mark: DeliveryMark
  readonly hints: readonly Hint[]
}

/** `repeated`: it was stored before. `unknown-key`: the connection ended, or has another webhook now. */
export type Stored = 'stored' | 'repeated' | 'unknown-key'

type InboxParts = Pick<WebhookParts, 'database' | 'clock' | 'ids'>

/** More would wait for longer than Attio does. */
const limits = { atOnce: 200, waiting: 2_000 }

export function createInbox(parts: InboxParts): Inbox {
  const { db, transaction } = parts.database
  return {
    find: createTogether(async (keyHashes) => {
      const webhooks = await listWebhooksByKey(db, [...new Set(keyHashes)])
      const byKey = new Map(webhooks.map((webhook) => [webhook.keyHash, webhook]))
      return keyHashes.map((keyHash) => byKey.get(keyHash))
    }, limits),
    store: createTogether(
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
  const hints = hintsOf(fresh).map(([owner, hint]): NewHint => {
    const { accountId, connectionId } = owner
    return { accountId, connectionId, hint, hintId: asHintId(ids()) }
  })
  await noteHints(db, hints, clock.now())
  return deliveries.map((delivery) => {
    if (!keys.has(delivery.keyHash)) return 'unknown-key'
    return added.has(markKey(delivery.mark)) ? 'stored' : 'repeated'
  })
}

/** Each once, and in one order on every node, so that no two wait for each other. */
function hintsOf(deliveries: readonly Verified[]): readonly (readonly [Owner, Hint])[] {
  const hints = deliveries.flatMap(({ owner, hints }) =>
    hints.map((hint) => [`${owner.connectionId} ${keyOfHint(hint)}`, [owner, hint]] as const),
  )
  return [...new Map(hints)]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, hint]) => hint)
}

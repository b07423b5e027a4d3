// Stores deliveries: whatever comes while one transaction is under way shares the next, so that a thousand at once cost
// a few commits. Each is answered only when its own is through.
import type { Db } from '../database/tables.ts'
import { asHintId, type ConnectionId } from '../support/ids.ts'
import { addDeliveries, markKey, type DeliveryMark } from './delivery-store.ts'
import { keyOfHint } from './events.ts'
import { noteHints, type Hint } from './hint-store.ts'
import type { Owner, WebhookParts } from './webhook-parts.ts'
import { noteDelivery } from './webhook-store.ts'

export interface Verified {
  readonly owner: Owner
  readonly keyHash: string
  readonly mark: DeliveryMark
  readonly hints: readonly Hint[]
}

/** `repeated`: it was stored before. `unknown-key`: the connection ended, or has another webhook now. */
export type Stored = 'stored' | 'repeated' | 'unknown-key'

export type Inbox = (delivery: Verified) => Promise<Stored>

type InboxParts = Pick<WebhookParts, 'database' | 'clock' | 'ids'>

const mostAtOnce = 200

export function createInbox(parts: InboxParts): Inbox {
  const waiting: Waiting[] = []
  let isStoring = false

  const storeAll = async (): Promise<void> => {
    isStoring = true
    while (waiting.length > 0) await storeSome(parts, waiting.splice(0, mostAtOnce))
    isStoring = false
  }

  return (delivery) => {
    const { promise, resolve, reject } = Promise.withResolvers<Stored>()
    waiting.push({ delivery, resolve, reject })
    if (!isStoring) void storeAll()
    return promise
  }
}

interface Waiting {
  readonly delivery: Verified
  readonly resolve: (stored: Stored) => void
  readonly reject: (error: unknown) => void
}

/** Never throws: whoever waits hears of it. */
async function storeSome(parts: InboxParts, some: readonly Waiting[]): Promise<void> {
  // In one order on every node, so that no two wait for each other.
  const byConnection = [
    ...Map.groupBy(some, ({ delivery }) => delivery.owner.connectionId).entries(),
  ].toSorted(([one], [other]) => (one < other ? -1 : 1))
  try {
    const stored = await parts.database.transaction(async (db) => {
      const results = new Map<Waiting, Stored>()
      for (const [connectionId, deliveries] of byConnection) {
        const outcomes = await storeOf(parts, db, connectionId, deliveries)
        for (const [waiting, outcome] of outcomes) results.set(waiting, outcome)
      }
      return results
    })
    for (const waiting of some) waiting.resolve(stored.get(waiting) ?? 'unknown-key')
  } catch (error) {
    for (const { reject } of some) reject(error)
  }
}

async function storeOf(
  { clock, ids }: InboxParts,
  db: Db,
  connectionId: ConnectionId,
  all: readonly Waiting[],
): Promise<ReadonlyMap<Waiting, Stored>> {
  const at = clock.now()
  const keys = [...new Set(all.map(({ delivery }) => delivery.keyHash))]
  const keyHash = await noteDelivery(db, connectionId, { keys, at })
  const ours = all.filter(({ delivery }) => delivery.keyHash === keyHash)
  const added = await addDeliveries(
    db,
    connectionId,
    ours.map(({ delivery }) => delivery.mark),
  )
  const isNew = ({ mark }: Verified): boolean => added.has(markKey(mark))
  const hints = new Map(
    ours
      .filter(({ delivery }) => isNew(delivery))
      .flatMap(({ delivery }) => delivery.hints.map((hint) => [keyOfHint(hint), hint] as const)),
  )
  const [first] = ours
  if (first !== undefined) {
    const noted = [...hints.values()].map((hint) => ({ hint, hintId: asHintId(ids()) }))
    await noteHints(db, first.delivery.owner, { noted, at })
  }
  return new Map(
    ours.map((waiting) => [waiting, isNew(waiting.delivery) ? 'stored' : 'repeated'] as const),
  )
}

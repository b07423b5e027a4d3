// What the rest of Taskr may do with webhooks: take a delivery in, have them kept, see how each connection hears of
// changes.
import type { ConnectionId } from '../support/ids.ts'
import { removeDeliveriesBefore } from './inbox/delivery-store.ts'
import { createInbox } from './inbox/inbox.ts'
import { keepDueWebhooks } from './keeping/keep-webhook.ts'
import { kickDueHints, kickHints } from './refetching/process-refetch-requests.ts'
import { receiveDelivery, type Delivery, type Receipt } from './inbox/receive-delivery.ts'
import { createVerifyingKeys } from './keeping/webhook-secrets.ts'
import type { Owner, WebhookParts } from './webhook-parts.ts'
import { listWebhooks, makeWebhookDue, type WebhookProblem } from './keeping/webhook-store.ts'

export { forgetHintLeases } from './refetching/refetch-request-store.ts'
export type { Delivery, Receipt } from './inbox/receive-delivery.ts'
export type { WebhookProblem } from './keeping/webhook-store.ts'

/** How changes in Attio come to Taskr. */
export type Hearing =
  /** Attio tells Taskr. */
  | { readonly kind: 'told' }
  /** Taskr asks Attio while somebody looks. */
  | { readonly kind: 'asks'; readonly why: WebhookProblem | 'being-made' }

export interface Webhooks {
  readonly receive: (delivery: Delivery) => Promise<Receipt['kind']>
  /** Looks in the background at the webhook of a connection that was just made. Waits for nothing. */
  readonly begin: (owner: Owner) => void
  readonly hearingOf: (
    connectionIds: readonly ConnectionId[],
  ) => Promise<ReadonlyMap<ConnectionId, Hearing>>
  /** Of which of these connections Attio tells Taskr what changes. */
  readonly listTold: (connectionIds: readonly ConnectionId[]) => Promise<ReadonlySet<ConnectionId>>
  readonly keepDue: (signal: AbortSignal) => Promise<number>
  /** Begins on what waits to be looked at. For every few seconds. */
  readonly followDue: () => Promise<number>
  /** Forgets deliveries that Attio no longer repeats. For once an hour. */
  readonly forgetOld: () => Promise<void>
}

/** Attio repeats a message for about three days; four are promised. */
const rememberedMs = 5 * 24 * 3_600_000

export function createWebhooks(parts: WebhookParts): Webhooks {
  const { db } = parts.database
  const receiveParts = {
    ...parts,
    inbox: createInbox(parts),
    verifyingKeyOf: createVerifyingKeys(parts),
  }
  const begin = ({ connectionId }: Owner): void => {
    parts.background.run(`webhook ${connectionId}`, (signal) =>
      keepDueWebhooks(parts, { only: connectionId, signal }),
    )
  }
  return {
    receive: async (delivery) => {
      const receipt = await receiveDelivery(receiveParts, delivery)
      if (receipt.kind === 'stored') kickHints(parts, receipt.owner)
      if (receipt.kind === 'later' && receipt.isUnreadable)
        await remake(parts, receipt.owner, begin)
      return receipt.kind
    },
    begin,
    hearingOf: async (connectionIds) => {
      const rows = await listWebhooks(db, connectionIds)
      return new Map(
        rows.map(({ connectionId, status, problem }): [ConnectionId, Hearing] => [
          connectionId,
          status === 'active' && problem === undefined
            ? { kind: 'told' }
            : { kind: 'asks', why: problem ?? 'being-made' },
        ]),
      )
    },
    listTold: async (connectionIds) => {
      const rows = await listWebhooks(db, connectionIds)
      const told = rows.filter(
        ({ status, problem }) => status === 'active' && problem === undefined,
      )
      return new Set(told.map(({ connectionId }) => connectionId))
    },
    keepDue: (signal) => keepDueWebhooks(parts, { signal }),
    followDue: () => kickDueHints(parts),
    forgetOld: () => removeDeliveriesBefore(db, parts.clock.now() - rememberedMs),
  }
}

/** Its secret does not open: nothing it delivers can be believed, so it is looked at now. */
async function remake(
  parts: WebhookParts,
  owner: Owner,
  begin: (owner: Owner) => void,
): Promise<void> {
  const { accountId, connectionId } = owner
  await makeWebhookDue(parts.database.db, accountId, { connectionId, at: parts.clock.now() })
  begin(owner)
}

// The face of webhooks for the rest of Taskr: receive a delivery, have webhooks checked, see how each connection learns of
// changes.
import type { QueueState } from '../work/work.ts'
import { measureDueRefetches } from './refetching/refetch-request-store.ts'
import type { ConnectionId } from '../support/ids.ts'
import { removeDeliveriesBefore } from './inbox/delivery-store.ts'
import { createInbox } from './inbox/inbox.ts'
import { checkDueWebhooks } from './keeping/keep-webhook.ts'
import { startDueRefetches, startRefetching } from './refetching/process-refetch-requests.ts'
import { receiveDelivery, type Delivery, type Receipt } from './inbox/receive-delivery.ts'
import { createVerifyingKeys } from './keeping/webhook-secrets.ts'
import type { Owner, WebhookParts } from './webhook-parts.ts'
import { checkEveryMs, listWebhooks, makeWebhookDue } from './keeping/webhook-store.ts'
import type { WebhookProblem } from './keeping/webhook-row.ts'

export { webhookChecks } from './keeping/webhook-store.ts'
export { refetchRequests, releaseRefetchLeases } from './refetching/refetch-request-store.ts'
export type { Delivery, Receipt } from './inbox/receive-delivery.ts'
export type { WebhookProblem } from './keeping/webhook-row.ts'

export { createWebhookSteps } from './connection-steps.ts'
export { createNameRequests } from './refetching/name-requests.ts'
export { createWebhookMove, webhookSecrets } from './keeping/webhook-secrets.ts'
export { canDeliver } from './keeping/target-url.ts'

/** How changes in Attio reach Taskr. */
export type Updates =
  /** By webhook. */
  | { readonly kind: 'live' }
  /** Taskr asks Attio while a page is open. */
  | { readonly kind: 'polled'; readonly why: WebhookProblem | 'being-made' }

export interface Webhooks {
  readonly receive: (delivery: Delivery) => Promise<Receipt['kind']>
  /** Starts making the webhook of a new connection, in the background. */
  readonly begin: (owner: Owner) => void
  readonly updatesOf: (
    connectionIds: readonly ConnectionId[],
  ) => Promise<ReadonlyMap<ConnectionId, Updates>>
  /**
   * Has the live webhook of an open page checked, at most once in a quarter of an hour: one read shows that Attio still
   * tells Taskr of every change, and spares the reading of every task. When it does not, the copy is synced. Another read
   * shows what Taskr may still do, of which no webhook tells.
   */
  readonly confirm: (owner: Owner, nextCheckAt: number) => void
  readonly checkDue: (signal: AbortSignal) => Promise<number>
  /** Starts the refetch requests that are due. Called every few seconds. */
  readonly refetchDue: () => Promise<number>
  /** Measures the queue of all connections' refetch requests. */
  readonly measureDue: () => Promise<QueueState>
  /** Removes deliveries that Attio no longer repeats. Called once an hour. */
  readonly forgetOld: () => Promise<void>
}

const confirmEveryMs = 15 * 60_000

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
      checkDueWebhooks(parts, { only: connectionId, signal }),
    )
  }
  return {
    receive: async (delivery) => {
      const receipt = await receiveDelivery(receiveParts, delivery)
      if (receipt.kind === 'stored') startRefetching(parts, receipt.owner)
      if (receipt.kind === 'later' && receipt.isUnreadable)
        await remake(parts, receipt.owner, begin)
      return receipt.kind
    },
    begin,
    confirm: ({ accountId, connectionId }, nextCheckAt) => {
      const at = parts.clock.now()
      const sinceMs = at - (nextCheckAt - checkEveryMs)
      if (sinceMs >= 0 && sinceMs < confirmEveryMs) return
      parts.background.run(`webhook ${connectionId}`, async (signal) => {
        await makeWebhookDue(db, accountId, { connectionId, at })
        await checkDueWebhooks(parts, { only: connectionId, signal })
        await checkAccess(parts, { accountId, connectionId }, signal)
        const [webhook] = await listWebhooks(db, [connectionId])
        if (webhook?.problem === undefined) return
        await parts.sync.syncNow({ accountId, connectionId }, confirmEveryMs, signal)
      })
    },
    updatesOf: async (connectionIds) => {
      const rows = await listWebhooks(db, connectionIds)
      return new Map(
        rows.map(({ connectionId, status, problem }): [ConnectionId, Updates] => [
          connectionId,
          status === 'active' && problem === undefined
            ? { kind: 'live' }
            : { kind: 'polled', why: problem ?? 'being-made' },
        ]),
      )
    },
    checkDue: (signal) => checkDueWebhooks(parts, { signal }),
    measureDue: () => measureDueRefetches(parts.database.db, parts.clock.now()),
    refetchDue: () => startDueRefetches(parts),
    forgetOld: () => removeDeliveriesBefore(db, parts.clock.now() - rememberedMs),
  }
}

async function checkAccess(
  { connections }: WebhookParts,
  owner: Owner,
  signal: AbortSignal,
): Promise<void> {
  const connection = await connections.find(owner)
  if (connection !== undefined) await connections.check(connection, signal)
}

/** Has the webhook checked now: its secret does not open, so no delivery can be verified. */
async function remake(
  parts: WebhookParts,
  owner: Owner,
  begin: (owner: Owner) => void,
): Promise<void> {
  const { accountId, connectionId } = owner
  await makeWebhookDue(parts.database.db, accountId, { connectionId, at: parts.clock.now() })
  begin(owner)
}

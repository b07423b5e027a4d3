// Keeps what a person views fresh: once for each page view, and once a minute while a page stays open. A copy with a live
// webhook is fresh as long as Attio still has the webhook; any other is synced when it is stale.
import type { CopyState } from '../../sync/sync.ts'
import type { RouteParts } from '../web-parts.ts'

export function syncWhenStale(
  { sync, webhooks }: Pick<RouteParts, 'sync' | 'webhooks'>,
  connections: readonly CopyState[],
): void {
  for (const connection of connections) {
    if (!isReadable(connection)) continue
    const checkAt = connection.mirror?.nextWebhookCheckAt
    if (checkAt !== undefined) webhooks.confirm(connection, checkAt)
    sync.refresh(connection)
  }
}

export function isReadable({ status }: Pick<CopyState, 'status'>): boolean {
  return status === 'active' || status === 'missing-scopes'
}

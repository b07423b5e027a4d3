// Syncs stale mirrors while a person views a list: once for each page view, and once a minute while a page stays open.
import type { ListedConnection } from '../../sync/sync.ts'
import type { RouteParts } from '../web-parts.ts'

export function syncWhenStale(
  { sync }: Pick<RouteParts, 'sync'>,
  connections: readonly ListedConnection[],
): void {
  for (const connection of connections) if (isReadable(connection)) sync.refresh(connection)
}

export function isReadable({ status }: ListedConnection): boolean {
  return status === 'active' || status === 'missing-scopes'
}

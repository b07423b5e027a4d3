// Somebody looks at a list: the copies behind it are read again when they are stale. A page that is viewed counts, and
// one that stays open counts once a minute.
import type { ListedConnection } from '../../sync/sync.ts'
import type { RouteParts } from '../web-parts.ts'

export function lookAgainWhenStale(
  { sync }: Pick<RouteParts, 'sync'>,
  connections: readonly ListedConnection[],
): void {
  for (const connection of connections) if (isReadable(connection)) sync.refresh(connection)
}

export function isReadable({ status }: ListedConnection): boolean {
  return status === 'active' || status === 'missing-scopes'
}

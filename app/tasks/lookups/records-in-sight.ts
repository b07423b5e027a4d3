// The records that a person may know of: a person who sees only their own tasks knows the records of those.
import type { Mirror, MirroredLink, TaskScope } from '../mirror.ts'
import type { ConnectionId } from '../../support/ids.ts'

export async function recordsInSight<Found extends MirroredLink & { connectionId: ConnectionId }>(
  { mirror }: { readonly mirror: Pick<Mirror, 'listLinkedIds'> },
  records: readonly Found[],
  connections: readonly TaskScope[],
): Promise<readonly Found[]> {
  const narrowed = connections.filter(
    ({ connectionId, sees }) =>
      sees === 'own' && records.some((record) => record.connectionId === connectionId),
  )
  const known = new Map(
    await Promise.all(
      narrowed.map(async (scope) => {
        return [scope.connectionId, await mirror.listLinkedIds(scope)] as const
      }),
    ),
  )
  return records.filter(
    ({ connectionId, recordId }) => known.get(connectionId)?.has(recordId) !== false,
  )
}

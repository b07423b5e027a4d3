// The records that a person may know of: a person who sees only their own tasks knows the records of those.
import type { Connection } from '../../connections/connections.ts'
import type { MirroredLink } from '../mirror.ts'
import type { ConnectionId } from '../../support/ids.ts'
import type { TaskParts } from './task-parts.ts'

export async function recordsInSight<Found extends MirroredLink & { connectionId: ConnectionId }>(
  { mirror }: Pick<TaskParts, 'mirror'>,
  records: readonly Found[],
  connections: readonly Connection[],
): Promise<readonly Found[]> {
  const narrowed = connections.filter(
    ({ connectionId, sees }) =>
      sees === 'own' && records.some((record) => record.connectionId === connectionId),
  )
  const known = new Map(
    await Promise.all(
      narrowed.map(async (scope) => {
        const names = await mirror.listRecordNames(scope)
        return [scope.connectionId, new Set(names.map(({ recordId }) => recordId))] as const
      }),
    ),
  )
  return records.filter(
    ({ connectionId, recordId }) => known.get(connectionId)?.has(recordId) !== false,
  )
}

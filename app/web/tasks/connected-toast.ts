// The toast after connecting. Each refetch of the page updates its number of synced tasks.
import type { ListedConnection } from '../../sync/sync.ts'
import { approverName } from '../connections/approver.ts'
import type { Arrival, Toast } from '../ui/toast.ts'
import type { PageRequest } from '../page-frames.ts'
import type { RouteParts } from '../web-parts.ts'

export async function connectedToast(
  parts: Pick<RouteParts, 'mirror'>,
  { shownToast, toast: left }: Pick<PageRequest, 'shownToast' | 'toast'>,
  connections: readonly ListedConnection[],
): Promise<Toast | undefined> {
  if (left !== undefined && left.kind !== 'connected') return left
  const about = left?.connectionId ?? shownToast
  const connection = connections.find(({ connectionId }) => connectionId === about)
  if (connection === undefined) return left
  const arrival = await arrivalOf(parts, connection)
  if (left !== undefined) return { ...left, arrival }
  const memberName = await approverName(parts, connection)
  // Without the members the toast could only repeat the page.
  if (connection.memberId !== undefined && memberName === undefined) return undefined
  const { connectionId, workspaceName } = connection
  return { kind: 'connected', connectionId, workspaceName, memberName, arrival }
}

async function arrivalOf(
  { mirror }: Pick<RouteParts, 'mirror'>,
  connection: ListedConnection,
): Promise<Arrival> {
  const copy = connection.mirror
  if (copy?.asOf !== undefined) {
    const whose = { kind: 'everyone' } as const
    const [open, completed] = await Promise.all([
      mirror.countTasks([connection], { whose, isCompleted: false }),
      mirror.countTasks([connection], { whose, isCompleted: true }),
    ])
    return { kind: 'here', tasks: open + completed }
  }
  if (copy !== undefined && copy.syncTasksSeen > 0) {
    return { kind: 'coming', tasks: copy.syncTasksSeen }
  }
  return { kind: copy?.problem === undefined ? 'expected' : 'late' }
}

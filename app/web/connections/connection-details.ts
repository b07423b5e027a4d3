// Reads what the pages say of a connection.
import { lackOf } from '../../connections/connections.ts'
import type { ListedConnection } from '../../sync/sync.ts'
import type { RouteParts } from '../web-parts.ts'
import { approverName } from './approver.ts'
import type { ConnectionDetails } from './views/connection-panel.ts'

export async function detailsOf(
  parts: RouteParts,
  connection: ListedConnection,
): Promise<ConnectionDetails> {
  const { accountId, approverId, connectionId, memberId, role } = connection
  const everything = { isCompleted: false, whose: { kind: 'everyone' } } as const
  const seat = role === 'owner' ? undefined : await seatOf(parts, connection)
  const list = role === 'owner' ? await parts.seats.list({ accountId, connectionId }) : undefined
  const [updates, memberName, open, completed, underWay] = await Promise.all([
    parts.webhooks.updatesOf([connectionId]),
    approverName(parts, { connectionId, memberId: approverId ?? memberId }),
    parts.mirror.countTasks([connection], everything),
    parts.mirror.countTasks([connection], { ...everything, isCompleted: true }),
    parts.changes.countUnderWay(connectionId),
  ])
  return {
    ...connection,
    memberName,
    seat,
    seats: list?.seats.map((one) => ({ accountId: one.accountId, name: one.memberName })),
    lack: lackOf(connection.scopes),
    asOf: connection.mirror?.asOf ?? null,
    unread: connection.mirror?.unread,
    tasks: open + completed,
    underWay,
    updates: updates.get(connectionId) ?? { kind: 'polled', why: 'being-made' },
  }
}

async function seatOf({ mirror }: RouteParts, connection: ListedConnection) {
  const { connectionId, memberId } = connection
  const [member] =
    memberId === undefined ? [] : await mirror.findMembers(new Map([[connectionId, [memberId]]]))
  return {
    memberName: member && (`${member.firstName} ${member.lastName}`.trim() || member.emailAddress),
    isAdmin: member?.accessLevel === 'admin',
    rights: connection,
  }
}

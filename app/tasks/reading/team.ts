// How much each member of the connected workspaces has to do.
import type { Connection } from '../../connections/connections.ts'
import type { ConnectionId, MemberId } from '../../support/ids.ts'
import { dayOf } from './due.ts'
import { nameOf } from './listed-task.ts'
import type { TaskParts, TaskReader } from './task-parts.ts'

export interface TeamLine {
  /** Absent in the line of tasks without an assignee. */
  readonly member?: { readonly memberId: MemberId; readonly name: string; readonly isMe: boolean }
  readonly connectionId: ConnectionId
  readonly overdue: number
  readonly today: number
  readonly open: number
}

/** Returns the person's own line first, then those with the most overdue tasks; unassigned tasks come last. */
export async function listTeam(
  { clock, mirror }: Pick<TaskParts, 'clock' | 'mirror'>,
  reader: TaskReader,
  connections: readonly Connection[],
): Promise<readonly TeamLine[]> {
  const connectionIds = connections.map(({ connectionId }) => connectionId)
  const [members, counts] = await Promise.all([
    mirror.listMembers(connectionIds),
    mirror.countByAssignees(connections, dayOf(clock.now(), reader.timeZone)),
  ])
  const sums = new Map<string, { overdue: number; today: number; open: number }>()
  for (const { connectionId, assigneeIds, overdue, today, open } of counts) {
    for (const memberId of assigneeIds.length === 0 ? [''] : new Set<string>(assigneeIds)) {
      const key = `${connectionId}/${memberId}`
      const sum = sums.get(key) ?? { overdue: 0, today: 0, open: 0 }
      sums.set(key, {
        overdue: sum.overdue + overdue,
        today: sum.today + today,
        open: sum.open + open,
      })
    }
  }
  const sumOf = (connectionId: ConnectionId, memberId: string) =>
    sums.get(`${connectionId}/${memberId}`) ?? { overdue: 0, today: 0, open: 0 }
  const own = new Map(connections.map((one) => [one.connectionId, one.memberId]))
  const lines = members
    .map((member) => ({
      member: {
        memberId: member.memberId,
        name: nameOf(member),
        isMe: own.get(member.connectionId) === member.memberId,
      },
      connectionId: member.connectionId,
      isSuspended: member.accessLevel === 'suspended',
      ...sumOf(member.connectionId, member.memberId),
    }))
    .filter(({ isSuspended, open }) => !isSuspended || open > 0)
    .map(({ isSuspended: _isSuspended, ...line }): TeamLine => line)
  const unassigned = connectionIds
    .map((connectionId): TeamLine => ({ connectionId, ...sumOf(connectionId, '') }))
    .filter(({ open }) => open > 0)
  return [...lines.toSorted(busiestFirst), ...unassigned]
}

function busiestFirst(one: TeamLine, other: TeamLine): number {
  const isMe = ({ member }: TeamLine): number => Number(member?.isMe === true)
  return (
    isMe(other) - isMe(one) ||
    other.overdue - one.overdue ||
    other.open - one.open ||
    (one.member?.name ?? '').localeCompare(other.member?.name ?? '', 'en')
  )
}

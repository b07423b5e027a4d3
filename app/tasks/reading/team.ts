// How much each member of the connected workspaces has to do.
import type { Connection } from '../../connections/connections.ts'
import { asMemberId, type ConnectionId, type MemberId } from '../../support/ids.ts'
import type { AssigneeCounts } from '../mirror.ts'
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

export interface TeamQuery {
  /** The page number, from 1. */
  readonly page: number
}

export interface Team {
  readonly lines: readonly TeamLine[]
  /** False when members without open tasks are left out, because the workspaces have very many members. */
  readonly isWhole: boolean
  /** The page number, from 1; the last page when the query asks for one beyond it. */
  readonly page: number
  readonly pages: number
}

/** Up to this many members all have a line; of more, those with open tasks, in pages of this length. */
const linesPerPage = 100

/** Returns the person's own line first, then those with the most overdue tasks; unassigned tasks come last. */
export async function listTeam(
  { clock, mirror }: Pick<TaskParts, 'clock' | 'mirror'>,
  reader: TaskReader,
  connections: readonly Connection[],
  query: TeamQuery,
): Promise<Team> {
  const [first, counts] = await Promise.all([
    Promise.all(
      connections.map((one) => mirror.listFirstMembers(one.connectionId, linesPerPage + 1)),
    ),
    mirror.countByAssignees(connections, dayOf(clock.now(), reader.timeZone)),
  ])
  const sums = sumByMember(counts)
  const isWhole = first.flat().length <= linesPerPage
  const own = connections.flatMap(({ connectionId, memberId }) =>
    memberId === undefined ? [] : [{ connectionId, memberId }],
  )
  const isOwn = new Set(own.map(keyOf))
  const all = new Map(
    [...own, ...(isWhole ? first.flat() : []), ...sums.values()].map(
      ({ connectionId, memberId }) => {
        const line = { connectionId, memberId }
        return [keyOf(line), { ...none, ...line, ...sums.get(keyOf(line)) }] as const
      },
    ),
  )
  const unassigned = [...all.values()].filter(({ memberId }) => memberId === '')
  const busiest = [...all.values()]
    .filter(({ memberId }) => memberId !== '')
    .toSorted(
      (one, other) =>
        Number(isOwn.has(keyOf(other))) - Number(isOwn.has(keyOf(one))) || busiestFirst(one, other),
    )
  const pages = Math.max(1, Math.ceil(busiest.length / linesPerPage))
  const page = Math.min(query.page, pages)
  const shown = busiest.slice((page - 1) * linesPerPage, page * linesPerPage)
  const lines = await namedLines(mirror, shown, isOwn)
  return {
    lines: [...lines, ...(page === pages ? unassigned.map(withoutMember) : [])],
    isWhole,
    page,
    pages,
  }
}

/** Returns the lines of members with their names; suspended members have one while tasks are assigned to them. */
async function namedLines(
  mirror: TaskParts['mirror'],
  shown: readonly MemberSum[],
  isOwn: ReadonlySet<string>,
): Promise<readonly TeamLine[]> {
  const sums = new Map(shown.map((sum) => [keyOf(sum), sum] as const))
  const byConnection = Map.groupBy(shown, ({ connectionId }) => connectionId)
  const ids = [...byConnection].map(
    ([connectionId, some]) => [connectionId, some.map(({ memberId }) => memberId)] as const,
  )
  const members = await mirror.findMembers(new Map(ids))
  return members
    .flatMap((member): readonly TeamLine[] => {
      const sum = sums.get(keyOf(member))
      if (sum === undefined || (member.accessLevel === 'suspended' && sum.open === 0)) return []
      const named = { memberId: member.memberId, name: nameOf(member) }
      return [{ ...withoutMember(sum), member: { ...named, isMe: isOwn.has(keyOf(sum)) } }]
    })
    .toSorted(inLineOrder)
}

interface MemberSum {
  readonly connectionId: ConnectionId
  /** Empty for tasks without an assignee. */
  readonly memberId: MemberId
  readonly overdue: number
  readonly today: number
  readonly open: number
}

const none = { overdue: 0, today: 0, open: 0 }

function sumByMember(counts: readonly AssigneeCounts[]): ReadonlyMap<string, MemberSum> {
  const sums = new Map<string, MemberSum>()
  for (const { connectionId, assigneeIds, overdue, today, open } of counts) {
    for (const memberId of assigneeIds.length === 0 ? [asMemberId('')] : new Set(assigneeIds)) {
      const key = keyOf({ connectionId, memberId })
      const sum = sums.get(key) ?? none
      sums.set(key, {
        connectionId,
        memberId,
        overdue: sum.overdue + overdue,
        today: sum.today + today,
        open: sum.open + open,
      })
    }
  }
  return sums
}

function keyOf({ connectionId, memberId }: Pick<MemberSum, 'connectionId' | 'memberId'>): string {
  return `${connectionId}/${memberId}`
}

function withoutMember({ memberId: _memberId, ...line }: MemberSum): TeamLine {
  return line
}

/** Members with as much to do are told apart by their IDs here, and by their names within a page. */
function busiestFirst(one: MemberSum, other: MemberSum): number {
  return (
    other.overdue - one.overdue || other.open - one.open || (one.memberId < other.memberId ? -1 : 1)
  )
}

function inLineOrder(one: TeamLine, other: TeamLine): number {
  const isMe = ({ member }: TeamLine): number => Number(member?.isMe === true)
  return (
    isMe(other) - isMe(one) ||
    other.overdue - one.overdue ||
    other.open - one.open ||
    (one.member?.name ?? '').localeCompare(other.member?.name ?? '', 'en')
  )
}

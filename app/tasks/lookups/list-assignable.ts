// The members to whom tasks of a workspace can be assigned. A workspace may have thousands, so a page offers the first of
// them and a search for the others.
import type { Connection } from '../../connections/connections.ts'
import type { AccountId, ConnectionId, MemberId } from '../../support/ids.ts'
import type { MirroredMember } from '../mirror.ts'
import { nameOf } from '../reading/listed-task.ts'
import { membersNamed } from './suggest-names.ts'
import type { TaskParts } from '../reading/task-parts.ts'

export interface ListedMember {
  readonly memberId: MemberId
  readonly name: string
  readonly emailAddress: string
  readonly isMe: boolean
}

export interface Assignable {
  /** The person themselves first, then by name. */
  readonly members: readonly ListedMember[]
  /** False when the workspace may have more members than these. */
  readonly isWhole: boolean
}

export interface AssignableQuery {
  /** What the members' names or e-mail addresses have; every name when empty. */
  readonly text?: string
  /** Members who are listed in any case, such as a task's assignees. */
  readonly always?: readonly MemberId[]
}

interface Owner {
  readonly accountId: AccountId
  readonly connectionId: ConnectionId
}

const mostListed = 50

/** Lists members except suspended ones. Returns undefined when the account has no such connection. */
export async function listAssignable(
  parts: TaskParts,
  owner: Owner,
  { always = [], text = '' }: AssignableQuery = {},
): Promise<Assignable | undefined> {
  const connection = await parts.connections.find(owner)
  if (connection === undefined) return undefined
  const { connectionId, memberId: me } = connection
  const isSearch = text.trim() !== ''
  const alwaysIds = [...always, ...(me === undefined || isSearch ? [] : [me])]
  const [first, others] = await Promise.all([
    isSearch
      ? membersNamed(parts.mirror, [connectionId], { text, limit: mostListed })
      : parts.mirror.listFirstMembers(connectionId, mostListed + 1),
    parts.mirror.findMembers(new Map([[connectionId, alwaysIds]])),
  ])
  const shown = new Map(
    [...first.slice(0, mostListed), ...others]
      .filter(({ accessLevel }) => accessLevel !== 'suspended')
      .map((member) => [member.memberId, listed(member, connection)]),
  )
  return {
    members: [...shown.values()].toSorted(
      (one, other) =>
        Number(other.isMe) - Number(one.isMe) || one.name.localeCompare(other.name, 'en'),
    ),
    isWhole: !isSearch && first.length <= mostListed,
  }
}

/** Names members, suspended ones included, in the given order. Unknown members are left out. */
export async function nameMembers(
  parts: TaskParts,
  owner: Owner,
  memberIds: readonly MemberId[],
): Promise<readonly ListedMember[]> {
  const connection = await parts.connections.find(owner)
  if (connection === undefined) return []
  const found = await parts.mirror.findMembers(new Map([[owner.connectionId, memberIds]]))
  const byId = new Map(found.map((member) => [member.memberId, member]))
  return memberIds.flatMap((memberId) => {
    const member = byId.get(memberId)
    return member === undefined ? [] : [listed(member, connection)]
  })
}

function listed(member: MirroredMember, { memberId }: Connection): ListedMember {
  return {
    memberId: member.memberId,
    name: nameOf(member),
    emailAddress: member.emailAddress,
    isMe: member.memberId === memberId,
  }
}

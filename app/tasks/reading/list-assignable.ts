// The members to whom tasks of a workspace can be assigned, with the person themselves first.
import type { Connection } from '../../connections/connections.ts'
import type { AccountId, ConnectionId, MemberId } from '../../support/ids.ts'
import type { MirroredMember } from '../mirror.ts'
import { nameOf } from './listed-task.ts'
import type { TaskParts } from './task-parts.ts'

export interface ListedMember {
  readonly memberId: MemberId
  readonly name: string
  readonly emailAddress: string
  readonly isMe: boolean
}

/** Lists members except suspended ones. Returns undefined when the account has no such connection. */
export async function listAssignable(
  parts: TaskParts,
  {
    accountId,
    connectionId,
  }: { readonly accountId: AccountId; readonly connectionId: ConnectionId },
): Promise<readonly ListedMember[] | undefined> {
  const connections = await parts.connections.list(accountId)
  const connection = connections.find((one) => one.connectionId === connectionId)
  if (connection === undefined) return undefined
  const members = await parts.mirror.listMembers([connectionId])
  return members
    .filter(({ accessLevel }) => accessLevel !== 'suspended')
    .map((member) => listed(member, connection))
    .toSorted(
      (one, other) =>
        Number(other.isMe) - Number(one.isMe) || one.name.localeCompare(other.name, 'en'),
    )
}

/** Names members, suspended ones included, in the given order. Unknown members are left out. */
export async function nameMembers(
  parts: TaskParts,
  {
    accountId,
    connectionId,
  }: { readonly accountId: AccountId; readonly connectionId: ConnectionId },
  memberIds: readonly MemberId[],
): Promise<readonly ListedMember[]> {
  const connections = await parts.connections.list(accountId)
  const connection = connections.find((one) => one.connectionId === connectionId)
  if (connection === undefined) return []
  const found = await parts.mirror.findMembers(new Map([[connectionId, memberIds]]))
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

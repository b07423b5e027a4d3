// One task with everything that its page says, and who could have it.
import type { AccountId, ConnectionId, TaskId } from '../support/ids.ts'
import { describeTasks, nameOf, type ListedTask } from './listed-task.ts'
import { listConnectionsWithMirrors, type ListedConnection, type TaskParts } from './task-list.ts'
import type { MemberId } from '../support/ids.ts'

export interface FoundTask {
  readonly task: ListedTask
  readonly connection: ListedConnection
  /** All the account's, for the navigation. */
  readonly connections: readonly ListedConnection[]
  /** Who can be assigned, by name: Attio keeps suspended members on its list. */
  readonly members: readonly AssignableMember[]
  /** When it was a member, and one who is still known. */
  readonly createdBy: string | undefined
}

export interface AssignableMember {
  readonly memberId: MemberId
  readonly name: string
}

export interface TaskNames {
  readonly accountId: AccountId
  readonly connectionId: ConnectionId
  readonly taskId: TaskId
}

/** Undefined for a task of somebody else's, too. */
export async function findTask(
  parts: TaskParts,
  { accountId, connectionId, taskId }: TaskNames,
): Promise<FoundTask | undefined> {
  const connections = await listConnectionsWithMirrors(parts, accountId)
  const connection = connections.find((one) => one.connectionId === connectionId)
  if (connection === undefined) return undefined
  const found = await parts.mirror.findTask(connectionId, taskId)
  if (found === undefined) return undefined
  const [[task], members] = await Promise.all([
    describeTasks(parts.mirror, [connection], [found]),
    parts.mirror.listMembers([connectionId]),
  ])
  if (task === undefined) return undefined
  const assignable = members.filter(({ accessLevel }) => accessLevel !== 'suspended')
  const creator = members.find(({ memberId }) => found.createdBy === `workspace-member:${memberId}`)
  return {
    task,
    connection,
    connections,
    members: assignable
      .map((member) => ({ memberId: member.memberId, name: nameOf(member) }))
      .toSorted((one, other) => one.name.localeCompare(other.name, 'en')),
    createdBy: creator && nameOf(creator),
  }
}

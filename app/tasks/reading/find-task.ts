// One task with everything that its page says, and who could have it.
import type { AccountId, ConnectionId, TaskId } from '../../support/ids.ts'
import { describeTasks, nameOf, type ListedTask } from './listed-task.ts'
import type { Connection } from '../../connections/connections.ts'
import type { TaskParts } from './task-parts.ts'
import type { MemberId } from '../../support/ids.ts'

export interface FoundTask<Listed extends Connection = Connection> {
  readonly task: ListedTask
  readonly connection: Listed
  /** All the account's, for the navigation. */
  readonly connections: readonly Listed[]
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
export async function findTask<Listed extends Connection>(
  parts: TaskParts,
  { connectionId, taskId }: TaskNames,
  connections: readonly Listed[],
): Promise<FoundTask<Listed> | undefined> {
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

// One task with everything that its page shows, and the members who can be assigned.
import type { AccountId, ConnectionId, TaskId } from '../../support/ids.ts'
import { describeTasks, nameOf, type ListedTask } from './listed-task.ts'
import type { Connection } from '../../connections/connections.ts'
import type { TaskParts } from './task-parts.ts'
import type { MemberId } from '../../support/ids.ts'

export interface FoundTask<Listed extends Connection = Connection> {
  readonly task: ListedTask
  readonly connection: Listed
  /** All connections of the account, for the navigation. */
  readonly connections: readonly Listed[]
  /** The members who can be assigned; suspended members, whom Attio still lists, are left out. */
  readonly members: readonly AssignableMember[]
  /** The name of the member who created the task, when that member is known. */
  readonly createdBy: string | undefined
}

export interface AssignableMember {
  readonly memberId: MemberId
  readonly name: string
}

export interface TaskNames {
  readonly accountId: AccountId
  /** The reader's time zone. */
  readonly timeZone: string
  readonly connectionId: ConnectionId
  readonly taskId: TaskId
}

/** Returns undefined when the account has no such task. */
export async function findTask<Listed extends Connection>(
  parts: TaskParts,
  { connectionId, taskId, timeZone }: TaskNames,
  connections: readonly Listed[],
): Promise<FoundTask<Listed> | undefined> {
  const connection = connections.find((one) => one.connectionId === connectionId)
  if (connection === undefined) return undefined
  const found = await parts.mirror.findTask(connection, taskId)
  if (found === undefined) return undefined
  const [[task], members] = await Promise.all([
    describeTasks(parts.mirror, { connections: [connection], timeZone }, [found]),
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

// A task with its names: of its workspace, its assignees and its linked records.
import type { Connection } from '../../connections/connections.ts'
import type { Mirror, MirroredLink, MirroredMember, ShownTask } from '../mirror.ts'
import { asMemberId, type ConnectionId, type MemberId } from '../../support/ids.ts'
import { dueInstant } from './chosen-deadline.ts'

export interface ListedTask extends Omit<ShownTask, 'deadlineAt'> {
  /** Milliseconds since 1970. A day without a time is its last second in the reader's time zone. */
  readonly deadlineAt: number | null
  readonly workspaceName: string
  readonly assignees: readonly { readonly memberId: MemberId; readonly name: string }[]
  readonly records: readonly ListedRecord[]
  /** The name of the member who created the task, when that member is known. */
  readonly creatorName: string | undefined
}

export interface ListedRecord extends MirroredLink {
  /** The slug of the record's object: people, companies, deals or a custom object. */
  readonly objectSlug: string
  readonly name: string | undefined
  readonly webUrl: string | null
}

export async function describeTasks(
  mirror: Pick<Mirror, 'findMembers' | 'listRecords'>,
  reader: NamesReader,
  tasks: readonly ShownTask[],
): Promise<readonly ListedTask[]> {
  return tasks.map(await readNames(mirror, reader, tasks))
}

export interface NamesReader {
  readonly connections: readonly Connection[]
  readonly timeZone: string
}

/** Reads the names for the given tasks and returns a function that adds them to each task. */
export async function readNames(
  mirror: Pick<Mirror, 'findMembers' | 'listRecords'>,
  { connections, timeZone }: NamesReader,
  tasks: readonly ShownTask[],
): Promise<(task: ShownTask) => ListedTask> {
  const workspaceNames = new Map(connections.map((one) => [one.connectionId, one.workspaceName]))
  const [members, found] = await Promise.all([
    mirror.findMembers(namedBy(tasks, (task) => [...task.assigneeIds, ...creatorOf(task)])),
    mirror.listRecords(namedBy(tasks, (task) => task.linkedRecords.map((link) => link.recordId))),
  ])
  const records = new Map(
    found.map((record) => [keyOf(record.connectionId, record.recordId), record]),
  )
  const memberNames = new Map(
    members.map((member) => [keyOf(member.connectionId, member.memberId), nameOf(member)]),
  )
  return (task) => ({
    ...task,
    deadlineAt: task.deadlineAt === null ? null : dueInstant(task.deadlineAt, timeZone),
    workspaceName: workspaceNames.get(task.connectionId) ?? '',
    assignees: task.assigneeIds.map((memberId) => ({
      memberId,
      name: memberNames.get(keyOf(task.connectionId, memberId)) ?? 'A former member',
    })),
    creatorName: creatorOf(task)
      .map((memberId) => memberNames.get(keyOf(task.connectionId, memberId)))
      .find((name) => name !== undefined),
    records: task.linkedRecords.map((link) => {
      const record = records.get(keyOf(task.connectionId, link.recordId))
      return {
        ...link,
        objectSlug: record?.objectSlug ?? link.targetObject,
        name: record?.name === '' ? undefined : record?.name,
        webUrl: record?.webUrl ?? null,
      }
    }),
  })
}

/** Returns a member's name, with the e-mail address when another member has the same name. */
export function nameOf({
  firstName,
  lastName,
  emailAddress,
  sharesName,
}: Pick<MirroredMember, 'firstName' | 'lastName' | 'emailAddress' | 'sharesName'>): string {
  const name = `${firstName} ${lastName}`.trim()
  if (name === '') return emailAddress
  return sharesName === true && emailAddress !== '' ? `${name} (${emailAddress})` : name
}

const memberPrefix = 'workspace-member:'

/** Returns the member who created the task, if it was a member. */
function creatorOf({ createdBy }: Pick<ShownTask, 'createdBy'>): readonly MemberId[] {
  if (createdBy?.startsWith(memberPrefix) !== true) return []
  return [asMemberId(createdBy.slice(memberPrefix.length))]
}

/** Collects what the tasks name, by connection. */
function namedBy<Id>(
  tasks: readonly ShownTask[],
  idsOf: (task: ShownTask) => readonly Id[],
): ReadonlyMap<ConnectionId, readonly Id[]> {
  const byConnection = Map.groupBy(tasks, ({ connectionId }) => connectionId)
  return new Map(
    [...byConnection].map(([connectionId, some]) => [connectionId, some.flatMap(idsOf)]),
  )
}

function keyOf(connectionId: ConnectionId, id: string): string {
  return `${connectionId}/${id}`
}

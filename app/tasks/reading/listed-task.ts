// A task with its names: of its workspace, its assignees and its linked records.
import type { Connection } from '../../connections/connections.ts'
import type { Mirror, MirroredLink, MirroredMember, MirroredRecord, ShownTask } from '../mirror.ts'
import { asMemberId, type ConnectionId, type MemberId } from '../../support/ids.ts'
import { forgetKnownTasks } from '../rows/known-tasks.ts'
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
  const [members, records] = await Promise.all([
    mirror.findMembers(namedBy(tasks, (task) => [...task.assigneeIds, ...creatorOf(task)])),
    mirror.listRecords(namedBy(tasks, (task) => task.linkedRecords.map((link) => link.recordId))),
  ])
  const workspaces = connections.map(({ connectionId, workspaceName }) => [
    connectionId,
    workspaceName,
  ])
  // Everything that is added to a task is made of these, so equal ones add the same.
  const names = sameNames(JSON.stringify([timeZone, workspaces, members, records]), () => ({
    timeZone,
    workspaces: new Map(connections.map((one) => [one.connectionId, one.workspaceName])),
    members: new Map(
      members.map((member) => [keyOf(member.connectionId, member.memberId), nameOf(member)]),
    ),
    records: new Map(
      records.map((record) => [keyOf(record.connectionId, record.recordId), record]),
    ),
  }))
  return (task) => describeOnce(task, names)
}

interface Names {
  readonly timeZone: string
  readonly workspaces: ReadonlyMap<ConnectionId, string>
  readonly members: ReadonlyMap<string, string>
  readonly records: ReadonlyMap<string, MirroredRecord>
}

const knownNames = new Map<string, Names>()
const mostKnown = 50
const longestKnown = 50_000

/** Returns the same names for the same text. */
function sameNames(text: string, make: () => Names): Names {
  const before = knownNames.get(text)
  if (before !== undefined) return before
  const names = make()
  if (knownNames.size >= mostKnown) knownNames.clear()
  if (text.length <= longestKnown) knownNames.set(text, names)
  return names
}

/** Makes every task anew, with its names and all that is kept with it. For tests, which compare that with what is kept. */
export function forgetDescribed(): void {
  forgetKnownTasks()
  knownNames.clear()
}

const described = new WeakMap<ShownTask, { readonly names: Names; readonly task: ListedTask }>()

/** Returns the same task for the same task and names, until it is described with others. */
function describeOnce(task: ShownTask, names: Names): ListedTask {
  const before = described.get(task)
  if (before?.names === names) return before.task
  const listed = describe(task, names)
  described.set(task, { names, task: listed })
  return listed
}

function describe(task: ShownTask, { members, records, timeZone, workspaces }: Names): ListedTask {
  return {
    ...task,
    deadlineAt: task.deadlineAt === null ? null : dueInstant(task.deadlineAt, timeZone),
    workspaceName: workspaces.get(task.connectionId) ?? '',
    assignees: task.assigneeIds.map((memberId) => ({
      memberId,
      name: members.get(keyOf(task.connectionId, memberId)) ?? 'A former member',
    })),
    creatorName: creatorOf(task)
      .map((memberId) => members.get(keyOf(task.connectionId, memberId)))
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
  }
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

// Reads a new task from a line and the fields beside it. The server parses each line again and does not rely on the script.
import type { NewTask } from '../../../tasks/changes.ts'
import type { Session } from '../../../accounts/accounts.ts'
import type { ListedConnection } from '../../../sync/sync.ts'
import { deadlineOf } from '../../../tasks/tasks.ts'
import { Problem } from '../../problem.ts'
import type { RouteParts } from '../../web-parts.ts'

interface BesideLine {
  readonly date?: string
  readonly today?: string
  readonly isMine?: 'yes' | undefined
  readonly 'kept[]'?: readonly string[]
  readonly 'record[]'?: readonly string[]
}

/** Returns undefined when the date field holds no date. */
export async function readNewTask(
  { tasks }: RouteParts,
  { timeZone }: Session,
  connection: ListedConnection,
  line: string,
  beside: BesideLine,
): Promise<NewTask | undefined> {
  const understood = await tasks.understand(connection, line, {
    timeZone,
    kept: beside['kept[]'] ?? [],
    ...(beside.today !== undefined && { today: beside.today }),
  })
  const chosen = understood.due ?? { date: beside.date ?? '', time: '' }
  const deadlineAt = deadlineOf(chosen, timeZone)
  if (deadlineAt === undefined) return undefined
  const { memberId } = connection
  const named = understood.assignees.map(({ value }) => value.memberId)
  const mine = beside.isMine === undefined || memberId === undefined ? [] : [memberId]
  const links = [
    ...understood.records.map(({ value: { targetObject, recordId } }) => ({
      targetObject,
      recordId,
    })),
    ...(beside['record[]'] ?? []).map((name) => {
      const [targetObject = '', recordId = ''] = name.split('/')
      return { targetObject, recordId }
    }),
  ]
  return {
    content: understood.content,
    deadlineAt,
    assigneeIds: [...new Set(named.length > 0 ? named : mine)],
    linkedRecords: [...new Map(links.map((link) => [link.recordId, link])).values()],
  }
}

/** Returns the connection with an ID. Throws a Problem when the person has none with it. */
export function connectionFor(
  connections: readonly ListedConnection[],
  connectionId: string,
): ListedConnection {
  const connection = connections.find((one) => one.connectionId === connectionId)
  if (connection === undefined) throw new Problem({ kind: 'not-found' })
  return connection
}

// Lists a person's tasks over all connected workspaces, from the mirror alone, so that the list never waits for
// Attio.
import type { Connection } from '../../connections/connections.ts'
import type { ShownTask } from '../mirror.ts'
import type { ConnectionId } from '../../support/ids.ts'
import type { TaskParts, TaskReader } from './task-parts.ts'
import { dayOf, deadlinesOf, dueGroups, type Day, type DueGroup } from './due.ts'
import { sumOf, type OpenTaskCounts } from './open-counts.ts'
import { whoseFilter } from './whose.ts'
import { readNames, type ListedTask } from './listed-task.ts'

export type TaskView = DueGroup | 'done'

export interface TaskListQuery {
  /** Absent for a list of every group of open tasks. */
  readonly view?: TaskView | undefined
  readonly whose: 'mine' | 'unassigned' | 'everyone'
  /** When given, only this connection's tasks are listed. */
  readonly connectionId?: ConnectionId | undefined
  /** The page number, from 1. */
  readonly page: number
}

export interface TaskGroup {
  readonly view: TaskView
  readonly total: number
  readonly tasks: readonly ListedTask[]
}

export interface TaskList<Shown extends Connection = Connection> {
  readonly groups: readonly TaskGroup[]
  /** The page number, from 1; the last page when the query asks for one beyond it. */
  readonly page: number
  readonly pages: number
  /** The connections that the list shows. */
  readonly connections: readonly Shown[]
}

/** A list of all groups shows this many rows of each; the list of one view has pages. */
const rowsPerGroup = 30
const rowsPerPage = 100

export async function listTasks<Shown extends Connection>(
  parts: TaskParts,
  reader: TaskReader,
  query: TaskListQuery,
  { all, own }: { readonly all: readonly Shown[]; readonly own?: OpenTaskCounts | undefined },
): Promise<TaskList<Shown>> {
  const connections =
    query.connectionId === undefined
      ? all
      : all.filter(({ connectionId }) => connectionId === query.connectionId)
  const day = dayOf(parts.clock.now(), reader.timeZone)
  const views = query.view === undefined ? dueGroups : [query.view]
  const isOwn = query.whose === 'mine' && query.connectionId === undefined
  const totals = await countViews(parts, connections, { query, day, own: isOwn ? own : undefined })
  const pages =
    query.view === undefined ? 1 : Math.max(1, Math.ceil(totals[query.view] / rowsPerPage))
  const page = Math.min(query.page, pages)
  const shown = { ...query, page }
  const found = await Promise.all(
    views.map(async (view) => ({
      view,
      total: totals[view],
      tasks:
        totals[view] === 0 ? [] : await readPage(parts, connections, { query: shown, view, day }),
    })),
  )
  // Names of all groups are read together, since groups share most of them.
  const everyTask = found.flatMap(({ tasks }) => tasks)
  const describe = await readNames(parts.mirror, connections, everyTask)
  const groups = found.map((group) => ({ ...group, tasks: group.tasks.map(describe) }))
  return { groups, page, pages, connections }
}

/** Counts completed tasks only where they are shown, since there may be very many. */
async function countViews(
  parts: TaskParts,
  connections: readonly Connection[],
  {
    query,
    day,
    own,
  }: {
    readonly query: TaskListQuery
    readonly day: Day
    readonly own: OpenTaskCounts | undefined
  },
): Promise<Readonly<Record<TaskView, number>>> {
  const connectionIds = connections.map(({ connectionId }) => connectionId)
  const whose = whoseFilter(query.whose, connections)
  if (query.view === 'done') {
    const done = await parts.mirror.countTasks(connectionIds, { isCompleted: true, whose })
    return { overdue: 0, today: 0, upcoming: 0, 'no-date': 0, done }
  }
  const open = own ?? sumOf(await parts.mirror.countOpenTasks(connectionIds, { whose, day }))
  const { overdue, today, upcoming, noDate } = open
  return { overdue, today, upcoming, 'no-date': noDate, done: 0 }
}

async function readPage(
  parts: TaskParts,
  connections: readonly Connection[],
  {
    query,
    view,
    day,
  }: { readonly query: TaskListQuery; readonly view: TaskView; readonly day: Day },
): Promise<readonly ShownTask[]> {
  const connectionIds = connections.map(({ connectionId }) => connectionId)
  const page =
    query.view === undefined
      ? { limit: rowsPerGroup, offset: 0 }
      : { limit: rowsPerPage, offset: (query.page - 1) * rowsPerPage }
  return await parts.mirror.listTasks(connectionIds, {
    isCompleted: view === 'done',
    ...(view === 'done' ? {} : { deadline: deadlinesOf(view, day) }),
    whose: whoseFilter(query.whose, connections),
    ...page,
  })
}

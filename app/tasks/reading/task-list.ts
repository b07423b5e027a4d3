// Lists a person's tasks over all connected workspaces, from the mirror alone, so that the list never waits for
// Attio.
import type { Connection } from '../../connections/connections.ts'
import { dayOf, dueGroups } from './due.ts'
import { sumOf, type ListCounts } from './group-counts.ts'
import { openSource, type ListedGroup } from './list-source.ts'
import { readNames, type ListedTask } from './listed-task.ts'
import type { TaskFilters } from './task-filters.ts'
import type { TaskParts, TaskReader } from './task-parts.ts'

/**
 * `today` lists overdue, today's and tomorrow's tasks, `due-today` only today's, `open` every group of open tasks, and
 * `all` completed ones, too, last.
 */
export type TaskView = ListedGroup | 'due-today' | 'open' | 'all'

export interface TaskListQuery extends TaskFilters {
  readonly view: TaskView
  /** The page number, from 1. */
  readonly page: number
}

export interface TaskGroup {
  readonly kind: ListedGroup
  readonly total: number
  readonly tasks: readonly ListedTask[]
}

export interface TaskList<Shown extends Connection = Connection> {
  readonly groups: readonly TaskGroup[]
  /** Every count is narrowed as the list is. */
  readonly counts: ListCounts
  /** True when more tasks match than a search reads. */
  readonly isCutOff: boolean
  /** The page number, from 1; the last page when the query asks for one beyond it. */
  readonly page: number
  readonly pages: number
  /** The connections that the list shows. */
  readonly connections: readonly Shown[]
}

/** A list of several groups shows this many rows of each; the list of one group has pages. */
const rowsPerGroup = 30
const rowsPerPage = 100
/** Overdue tasks are folded above today's, which are all shown. */
const overdueRowsInToday = 5
const rowsInToday = 500

export async function listTasks<Shown extends Connection>(
  parts: TaskParts,
  reader: TaskReader,
  query: TaskListQuery,
  all: readonly Shown[],
): Promise<TaskList<Shown>> {
  const connections =
    query.connectionId === undefined
      ? all
      : all.filter(({ connectionId }) => connectionId === query.connectionId)
  const groups = groupsOf(query.view)
  const source = await openSource(parts, {
    filters: query,
    connections: all,
    day: dayOf(parts.clock.now(), reader.timeZone),
    countsDone: groups.includes('done'),
  })
  const counts = sumOf(source.counts, connections)
  const [only, ...others] = groups
  const isSingle = only !== undefined && others.length === 0
  const pages = isSingle ? Math.max(1, Math.ceil(countOf(counts, only) / rowsPerPage)) : 1
  const page = Math.min(query.page, pages)
  const rowsOf = (group: ListedGroup) =>
    isSingle
      ? { limit: rowsPerPage, offset: (page - 1) * rowsPerPage }
      : { limit: rowsOfGroup(query.view, group), offset: 0 }
  const filled = groups.filter((group) => countOf(counts, group) > 0)
  const read = await source.read(
    connections,
    filled.map((group) => ({ group, total: countOf(counts, group), ...rowsOf(group) })),
  )
  const tasksOf = (group: ListedGroup) => read[filled.indexOf(group)] ?? []
  // Names of all groups are read together, since groups share most of them.
  const names = { connections, timeZone: reader.timeZone }
  const describe = await readNames(parts.mirror, names, read.flat())
  return {
    groups: groups.map((kind) => ({
      kind,
      total: countOf(counts, kind),
      tasks: inOrder(kind, tasksOf(kind).map(describe)),
    })),
    counts,
    isCutOff: source.isCutOff,
    page,
    pages,
    connections,
  }
}

/** Orders by the reader's own time: the mirror orders days without a time by their midnight in UTC. */
function inOrder(view: ListedGroup, tasks: readonly ListedTask[]): readonly ListedTask[] {
  if (view === 'done' || view === 'no-date') return tasks
  return tasks.toSorted((one, other) => (one.deadlineAt ?? 0) - (other.deadlineAt ?? 0))
}

function groupsOf(view: TaskView): readonly ListedGroup[] {
  switch (view) {
    case 'today':
      return ['overdue', 'today', 'tomorrow']
    case 'open':
      return dueGroups
    case 'all':
      return [...dueGroups, 'done']
    case 'due-today':
      return ['today']
    case 'overdue':
    case 'tomorrow':
    case 'upcoming':
    case 'no-date':
    case 'done':
      return [view]
  }
}

function rowsOfGroup(view: TaskView, group: ListedGroup): number {
  if (view !== 'today') return rowsPerGroup
  return group === 'overdue' ? overdueRowsInToday : rowsInToday
}

function countOf(counts: ListCounts, group: ListedGroup): number {
  return group === 'no-date' ? counts.noDate : counts[group]
}

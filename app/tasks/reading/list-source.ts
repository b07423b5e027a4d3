// Where the tasks of a list come from: the index by due date, or the search index when the list is narrowed to words or a
// record. Either way, one query counts every group of every workspace.
import type { Connection } from '../../connections/connections.ts'
import type { WordClause } from '../../database/open-database.ts'
import type { FoundTaskKey, GroupCounts, Mirror, ShownTask } from '../mirror.ts'
import { dueGroupOf, type Day, type DueGroup } from './due.ts'
import { rangesOf, type GroupPage } from './due-ranges.ts'
import { searchClauses, withNames } from './search-clauses.ts'
import type { TaskFilters } from './task-filters.ts'
import type { TaskParts } from './task-parts.ts'
import { whoseFilter } from './whose.ts'

export type ListedGroup = DueGroup | 'tomorrow' | 'done'

export interface ListSource {
  /** By connection, over all connections; only those with tasks. */
  readonly counts: readonly GroupCounts[]
  /** True when more tasks match than a search reads. */
  readonly isCutOff: boolean
  /** Reads one page of each group, of the connections that the list shows. */
  readonly read: (
    shown: readonly Connection[],
    pages: readonly GroupPage[],
  ) => Promise<readonly (readonly ShownTask[])[]>
}

interface SourceOptions {
  readonly filters: TaskFilters
  /** All connections of the account. */
  readonly connections: readonly Connection[]
  readonly day: Day
  /** Completed tasks may be very many, so they are counted only where they are shown. */
  readonly countsDone: boolean
}

export async function openSource(parts: TaskParts, options: SourceOptions): Promise<ListSource> {
  const { text, recordId } = options.filters
  return text === undefined && recordId === undefined
    ? await sourceByDate(parts, options)
    : await sourceBySearch(parts, options)
}

async function sourceByDate(
  { mirror }: TaskParts,
  { filters, connections, day, countsDone }: SourceOptions,
): Promise<ListSource> {
  const whose = whoseFilter(filters, connections)
  return {
    counts: await mirror.countGroups(connections, { whose, day, countsDone }),
    isCutOff: false,
    read: async (shown, pages) => {
      const ranges = rangesOf(pages, day)
      const read = await mirror.listTaskPages(
        shown,
        ranges.map(({ pages: _pages, ...range }) => ({ ...range, whose })),
      )
      return ranges.flatMap((range, at) => split(read[at] ?? [], range.pages, day))
    },
  }
}

/** Returns the tasks of each page of a range. */
function split(
  tasks: readonly ShownTask[],
  pages: readonly GroupPage[],
  day: Day,
): readonly (readonly ShownTask[])[] {
  if (pages.length === 1) return [tasks]
  return pages.map(({ group, limit }) =>
    tasks.filter((task) => isIn(group, task, day)).slice(0, limit),
  )
}

/** The most tasks that a search reads. People who see more type another letter. */
export const mostFound = 500

async function sourceBySearch(
  { mirror }: TaskParts,
  { filters, connections, day }: SourceOptions,
): Promise<ListSource> {
  const keys = await findKeys(mirror, filters, connections)
  const found = keys.slice(0, mostFound)
  return {
    counts: countKeys(found, day),
    isCutOff: keys.length > mostFound,
    read: async (shown, pages) => {
      const isShown = new Set(shown.map(({ connectionId }) => connectionId))
      const keysOf = ({ group, limit, offset }: GroupPage) =>
        found
          .filter((key) => isShown.has(key.connectionId) && isIn(group, statedBy(key), day))
          .toSorted(group === 'done' ? lastCompletedFirst : soonestFirst)
          .slice(offset, offset + limit)
      return await mirror.listTasksByKey(shown, pages.map(keysOf))
    },
  }
}

/**
 * Finds open tasks before completed ones. Names are looked up only when the texts do not fill the list, because the first
 * letters of a search match very many names.
 */
async function findKeys(
  mirror: Mirror,
  filters: TaskFilters,
  connections: readonly Connection[],
): Promise<readonly FoundTaskKey[]> {
  const clauses = searchClauses(filters, connections)
  if (clauses === undefined) return []
  const search = (words: readonly WordClause[], isCompleted: boolean, limit: number) =>
    mirror.searchTasks(connections, { clauses: [...words, ...clauses.filters], isCompleted, limit })
  const limit = mostFound + 1
  const inTexts = await search(clauses.words, false, limit)
  if (inTexts.length === limit) return inTexts
  const words = await withNames(mirror, clauses.words)
  const open = words === undefined ? inTexts : await search(words, false, limit)
  if (open.length === limit) return open
  const completed = await search(words ?? clauses.words, true, limit - open.length)
  return [...open, ...completed]
}

function countKeys(keys: readonly FoundTaskKey[], day: Day): readonly GroupCounts[] {
  return [...Map.groupBy(keys, ({ connectionId }) => connectionId)].map(([connectionId, some]) => {
    const count = (group: ListedGroup): number =>
      some.filter((key) => isIn(group, statedBy(key), day)).length
    return {
      connectionId,
      overdue: count('overdue'),
      today: count('today'),
      tomorrow: count('tomorrow'),
      upcoming: count('upcoming'),
      noDate: count('no-date'),
      done: count('done'),
    }
  })
}

type Dated = Pick<ShownTask, 'isCompleted' | 'deadlineAt'>

function statedBy({ deadlineAt, deadlineDay, isCompleted }: FoundTaskKey): Dated {
  return { isCompleted, deadlineAt: deadlineDay ?? deadlineAt }
}

function isIn(group: ListedGroup, { deadlineAt, isCompleted }: Dated, day: Day): boolean {
  if (isCompleted || group === 'done') return isCompleted && group === 'done'
  const due = dueGroupOf(deadlineAt, day)
  if (group !== 'tomorrow') return due === group
  return due === 'upcoming' && dueGroupOf(deadlineAt, { ...day, end: day.tomorrowEnd }) === 'today'
}

/** The order of lists from the other source (task-list-store.ts). */
function soonestFirst(one: FoundTaskKey, other: FoundTaskKey): number {
  return (one.deadlineAt ?? 0) - (other.deadlineAt ?? 0) || byCreation(one, other)
}

function lastCompletedFirst(one: FoundTaskKey, other: FoundTaskKey): number {
  return (other.completedAt ?? 0) - (one.completedAt ?? 0) || byCreation(one, other)
}

function byCreation(one: FoundTaskKey, other: FoundTaskKey): number {
  return one.createdAt - other.createdAt || (one.taskId < other.taskId ? -1 : 1)
}

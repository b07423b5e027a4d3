// The table of tasks, reading: pages of tasks as people see them, and what tasks are linked to.
import { sql, type OrderByModifiersCallbackExpression, type Selectable } from 'kysely'
import { repeatedQuery } from '../../database/open-database.ts'
import type { Db, Tables } from '../../database/tables.ts'
import { asTaskId } from '../../support/ids.ts'
import { shownColumns, shownFrom, type MirroredLink, type ShownTask } from './task-row.ts'
import { inScopes, scopeOf, type TaskScope } from '../task-scope.ts'
import { knownTask } from './known-tasks.ts'
import { readLinks } from './pending.ts'
import { filteredTasks, visibleTasks, type TaskFilter } from './visible-task-store.ts'

export type RequestedTasks = TaskFilter & { readonly limit: number; readonly offset: number }

/**
 * Lists one page of each list, all in one statement: open tasks by deadline, soonest first and those without one last;
 * completed ones by completion, newest first.
 */
export async function listTaskPages(
  db: Db,
  scopes: readonly TaskScope[],
  pages: readonly RequestedTasks[],
): Promise<readonly (readonly ShownTask[])[]> {
  const [page, ...others] = scopes.length === 0 ? [] : pages
  if (page === undefined) return pages.map(() => [])
  const asked = scopes.map(scopeOf)
  // A part of a union is copied within the database, which takes longer than reading it.
  if (others.length === 0) return [(await onePage(db, { scopes: asked, page })).map(taskOf)]
  const rows = await severalPages(db, { scopes: asked, pages })
  // The parts of a union keep their order on both engines, though neither promises it.
  const byPage = Map.groupBy(rows, (row) => row.page_number)
  return pages.map(({ isCompleted }, number) =>
    (byPage.get(number) ?? [])
      .toSorted(isCompleted ? lastCompletedFirst : soonestFirst)
      .map(taskOf),
  )
}

const onePage = repeatedQuery(
  (db, asked: { readonly scopes: readonly TaskScope[]; readonly page: RequestedTasks }) =>
    pageOf(db, asked.scopes, asked.page),
)

const severalPages = repeatedQuery(
  (
    db,
    asked: { readonly scopes: readonly TaskScope[]; readonly pages: readonly RequestedTasks[] },
  ) => {
    const [first, ...others] = asked.pages.map((page, number) =>
      db
        .selectFrom(pageOf(db, asked.scopes, page).as('page'))
        .selectAll()
        .select(sql.lit(number).as('page_number')),
    )
    if (first === undefined) throw new TypeError('A list has a page.')
    return others.reduce((all, page) => all.unionAll(page), first)
  },
)

function taskOf(row: Parameters<typeof shownFrom>[0]): ShownTask {
  return knownTask(shownFrom(row))
}

export async function listShownTasks(
  db: Db,
  scopes: readonly TaskScope[],
  page: RequestedTasks,
): Promise<readonly ShownTask[]> {
  return (await listTaskPages(db, scopes, [page])).flat()
}

function pageOf(db: Db, scopes: readonly TaskScope[], page: RequestedTasks) {
  return filteredTasks(db, scopes, page)
    .select(shownColumns)
    .$if(page.isCompleted, (tasks) => tasks.orderBy(sql`coalesce(completed_at, 0)`, 'desc'))
    .$if(!page.isCompleted, (tasks) => tasks.orderBy('deadline_at', lastWithout))
    .orderBy('created_at')
    .orderBy('task_id')
    .limit(page.limit)
    .offset(page.offset)
}

/** SQLite has those without a value first, unless it is told. */
const lastWithout: OrderByModifiersCallbackExpression = (order) => order.asc().nullsLast()

/** The columns by which lists are ordered. */
type Ordered = Pick<
  Selectable<Tables['tasks']>,
  'deadline_at' | 'completed_at' | 'created_at' | 'task_id'
>

function soonestFirst(one: Ordered, other: Ordered): number {
  const [first, second] = [one, other].map((row) => row.deadline_at ?? Number.MAX_SAFE_INTEGER)
  return (first ?? 0) - (second ?? 0) || byCreation(one, other)
}

function lastCompletedFirst(one: Ordered, other: Ordered): number {
  return (other.completed_at ?? 0) - (one.completed_at ?? 0) || byCreation(one, other)
}

function byCreation(one: Ordered, other: Ordered): number {
  return one.created_at - other.created_at || (one.task_id < other.task_id ? -1 : 1)
}

/** Returns the tasks within the scope that follow the given one, in the order of their IDs. */
export async function listTasksAfter(
  db: Db,
  scope: TaskScope,
  after: Pick<ShownTask, 'taskId'> | undefined,
  limit: number,
): Promise<readonly ShownTask[]> {
  const rows = await visibleTasks(db, [scope])
    .select(shownColumns)
    .$if(after !== undefined, (tasks) => tasks.where('task_id', '>', after?.taskId ?? asTaskId('')))
    .orderBy('task_id')
    .limit(limit)
    .execute()
  return rows.map(shownFrom)
}

/** Lists the records that tasks within the scope are linked to, each once. */
export async function listLinks(
  db: Db,
  scope: TaskScope,
): Promise<ReadonlyMap<string, MirroredLink>> {
  const rows = await db
    .selectFrom('tasks')
    .select('linked_records')
    .distinct()
    .where((where) => inScopes(where, [scope]))
    .where('linked_records', '<>', '[]')
    .execute()
  const links = rows.flatMap((row) => readLinks(row.linked_records))
  return new Map(links.map((link) => [`${link.targetObject}/${link.recordId}`, link]))
}

export async function listLinkedIds(db: Db, scope: TaskScope): Promise<ReadonlySet<string>> {
  return new Set([...(await listLinks(db, scope)).values()].map(({ recordId }) => recordId))
}

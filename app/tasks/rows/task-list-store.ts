// The table of tasks, reading: lists and counts of tasks as people see them. Writing is task-store.ts.
import {
  sql,
  type Expression,
  type RawBuilder,
  type Selectable,
  type SelectQueryBuilder,
  type SqlBool,
} from 'kysely'
import type { Db, Tables } from '../../database/tables.ts'
import { asTaskId, type ConnectionId, type MemberId } from '../../support/ids.ts'
import {
  shownColumns,
  shownFrom,
  utcMidnightOf,
  type MirroredLink,
  type ShownTask,
} from './task-row.ts'
import { assignedTo, inScopes, type TaskScope } from '../task-scope.ts'
import { storedIds, storedLinks } from './pending.ts'

export interface TaskFilter {
  readonly isCompleted: boolean
  /** `from` inclusive, `before` exclusive; `none` for tasks without a deadline. */
  readonly deadline?: { readonly from?: DayStart; readonly before?: DayStart } | 'none'
  readonly whose: WhoseTasks
}

/** Where a day starts in the reader's time zone; `day` is for deadlines without a time, which have none. */
export interface DayStart {
  /** Milliseconds since 1970. */
  readonly at: number
  /** Like `2026-11-30`. */
  readonly day: string
}

/** `mine` maps each connection to the account's member there. */
export type WhoseTasks =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'unassigned' }
  | { readonly kind: 'member'; readonly memberId: MemberId }
  | { readonly kind: 'mine'; readonly members: ReadonlyMap<ConnectionId, MemberId> }

export type RequestedTasks = TaskFilter & { readonly limit: number; readonly offset: number }

/**
 * Lists one page of each list, all in one statement: open tasks by deadline, soonest first; completed ones by completion,
 * newest first.
 */
export async function listTaskPages(
  db: Db,
  scopes: readonly TaskScope[],
  pages: readonly RequestedTasks[],
): Promise<readonly (readonly ShownTask[])[]> {
  const [first, ...others] =
    scopes.length === 0 ? [] : pages.map((page) => pageOf(db, scopes, page))
  if (first === undefined) return pages.map(() => [])
  const numbered = (page: ReturnType<typeof pageOf>, number: number) =>
    db.selectFrom(page.as('page')).selectAll().select(sql.lit(number).as('page_number'))
  const rows = await others
    .reduce((all, page, at) => all.unionAll(numbered(page, at + 1)), numbered(first, 0))
    .execute()
  // The parts of a union keep their order on both engines, though neither promises it.
  const byPage = Map.groupBy(rows, (row) => row.page_number)
  return pages.map(({ isCompleted }, number) =>
    (byPage.get(number) ?? [])
      .toSorted(isCompleted ? lastCompletedFirst : soonestFirst)
      .map(shownFrom),
  )
}

export async function listShownTasks(
  db: Db,
  scopes: readonly TaskScope[],
  page: RequestedTasks,
): Promise<readonly ShownTask[]> {
  return (await listTaskPages(db, scopes, [page])).flat()
}

function pageOf(db: Db, scopes: readonly TaskScope[], page: RequestedTasks) {
  return filtered(db, scopes, page)
    .select(shownColumns)
    .$if(page.isCompleted, (tasks) => tasks.orderBy(sql`coalesce(completed_at, 0)`, 'desc'))
    .$if(!page.isCompleted, (tasks) => tasks.orderBy('deadline_at'))
    .orderBy('created_at')
    .orderBy('task_id')
    .limit(page.limit)
    .offset(page.offset)
}

/** The columns by which lists are ordered. */
type Ordered = Pick<
  Selectable<Tables['tasks']>,
  'deadline_at' | 'completed_at' | 'created_at' | 'task_id'
>

function soonestFirst(one: Ordered, other: Ordered): number {
  return (one.deadline_at ?? 0) - (other.deadline_at ?? 0) || byCreation(one, other)
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

export async function countTasks(
  db: Db,
  scopes: readonly TaskScope[],
  filter: TaskFilter,
): Promise<number> {
  if (scopes.length === 0) return 0
  const row = await filtered(db, scopes, filter)
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirst()
  return row?.count ?? 0
}

export interface GroupCounts {
  readonly connectionId: ConnectionId
  readonly overdue: number
  readonly today: number
  /** part of `upcoming` */
  readonly tomorrow: number
  readonly upcoming: number
  readonly noDate: number
  /** 0 when completed tasks are not counted. */
  readonly done: number
}

/**
 * Counts each connection's tasks in one query, by group: deadline before, on or after a calendar day, none, or completed.
 */
export async function countGroups(
  db: Db,
  scopes: readonly TaskScope[],
  query: {
    readonly whose: WhoseTasks
    readonly day: {
      readonly start: DayStart
      readonly end: DayStart
      readonly tomorrowEnd: DayStart
    }
    readonly countsDone: boolean
  },
): Promise<readonly GroupCounts[]> {
  if (scopes.length === 0) return []
  const { start, end, tomorrowEnd } = query.day
  const openWhere = (condition: Expression<SqlBool>) =>
    sql<number>`sum(case when is_completed = 0 and ${condition} then 1 else 0 end)`
  const rows = await ofPeople(visibleTasks(db, scopes), query.whose)
    .where('is_completed', 'in', query.countsDone ? [0, 1] : [0])
    .select([
      'connection_id',
      openWhere(isBefore(start)).as('overdue'),
      openWhere(sql`${isFrom(start)} and ${isBefore(end)}`).as('today'),
      openWhere(sql`${isFrom(end)} and ${isBefore(tomorrowEnd)}`).as('tomorrow'),
      openWhere(isFrom(end)).as('upcoming'),
      openWhere(sql`deadline_at is null`).as('no_date'),
      sql<number>`sum(is_completed)`.as('done'),
    ])
    .groupBy('connection_id')
    .execute()
  return rows.map((row) => ({
    connectionId: row.connection_id,
    overdue: row.overdue,
    today: row.today,
    tomorrow: row.tomorrow,
    upcoming: row.upcoming,
    noDate: row.no_date,
    done: row.done,
  }))
}

export interface AssigneeCounts {
  readonly connectionId: ConnectionId
  readonly assigneeIds: readonly MemberId[]
  readonly overdue: number
  readonly today: number
  readonly open: number
}

/** Counts open tasks by the members that they are assigned to together. */
export async function countByAssignees(
  db: Db,
  scopes: readonly TaskScope[],
  { start, end }: { readonly start: DayStart; readonly end: DayStart },
): Promise<readonly AssigneeCounts[]> {
  if (scopes.length === 0) return []
  // Short lists are part of the index. Long ones are read from their rows.
  const grouped = [
    {
      assignees: sql<string>`${shortAssignees}`,
      where: sql<SqlBool>`${shortAssignees} is not null`,
    },
    { assignees: sql<string>`assignee_ids`, where: sql<SqlBool>`${shortAssignees} is null` },
  ].map(({ assignees, where }) =>
    visibleTasks(db, scopes)
      .where('is_completed', '=', 0)
      .where(where)
      .select([
        'connection_id',
        assignees.as('assignees'),
        sql<number>`sum(case when ${isBefore(start)} then 1 else 0 end)`.as('overdue'),
        sql<number>`sum(case when ${isFrom(start)} and ${isBefore(end)} then 1 else 0 end)`.as(
          'today',
        ),
        sql<number>`count(*)`.as('open'),
      ])
      .groupBy(['connection_id', assignees])
      .execute(),
  )
  return (await Promise.all(grouped)).flat().map((row) => ({
    connectionId: row.connection_id,
    assigneeIds: storedIds.parse(JSON.parse(row.assignees)),
    overdue: row.overdue,
    today: row.today,
    open: row.open,
  }))
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
  const links = rows.flatMap((row) => storedLinks.parse(JSON.parse(row.linked_records)))
  return new Map(links.map((link) => [`${link.targetObject}/${link.recordId}`, link]))
}

export async function listLinkedIds(db: Db, scope: TaskScope): Promise<ReadonlySet<string>> {
  return new Set([...(await listLinks(db, scope)).values()].map(({ recordId }) => recordId))
}

/** The start of every query for lists, counts and searches: only tasks that the person may see, and not hidden ones. */
export function visibleTasks(db: Db, scopes: readonly TaskScope[]) {
  return visibleAmong(db.selectFrom('tasks'), scopes)
}

export function visibleAmong(
  tasks: SelectQueryBuilder<Tables, 'tasks', object>,
  scopes: readonly TaskScope[],
) {
  return tasks.where((where) => inScopes(where, scopes)).where('is_hidden', '=', 0)
}

function filtered(db: Db, scopes: readonly TaskScope[], filter: TaskFilter) {
  const { deadline, whose } = filter
  let tasks = ofPeople(visibleTasks(db, scopes), whose).where(
    'is_completed',
    '=',
    filter.isCompleted ? 1 : 0,
  )
  if (deadline === 'none') tasks = tasks.where('deadline_at', 'is', null)
  else if (deadline !== undefined) {
    const { from, before } = deadline
    // The index is ordered by `deadline_at`, so each bound is first stated for both kinds of deadline together.
    if (from !== undefined) {
      const earliest = Math.min(from.at, utcMidnightOf(from.day))
      tasks = tasks.where('deadline_at', '>=', earliest).where(isFrom(from))
    }
    if (before !== undefined) {
      const latest = Math.max(before.at, utcMidnightOf(before.day))
      tasks = tasks.where('deadline_at', '<', latest).where(isBefore(before))
    }
  }
  return tasks
}

function ofPeople(tasks: ReturnType<typeof visibleTasks>, whose: WhoseTasks) {
  switch (whose.kind) {
    case 'everyone':
      return tasks
    case 'unassigned':
      return tasks.where('assignee_ids', '=', '[]')
    case 'member':
      return tasks.where(assignedTo(whose.memberId))
    case 'mine':
      return tasks.where((where) =>
        where.or(
          [...whose.members].map(([connectionId, memberId]) =>
            where.and([where('connection_id', '=', connectionId), assignedTo(memberId)]),
          ),
        ),
      )
  }
}

function isFrom({ at, day }: DayStart): RawBuilder<SqlBool> {
  return sql<SqlBool>`(case when deadline_day is null then deadline_at >= ${at} else deadline_day >= ${day} end)`
}

function isBefore({ at, day }: DayStart): RawBuilder<SqlBool> {
  return sql<SqlBool>`(case when deadline_day is null then deadline_at < ${at} else deadline_day < ${day} end)`
}

const shortAssignees = sql`case when length(assignee_ids) < 500 then assignee_ids end`

// The table of tasks, counting: by group, and by the members that tasks are assigned to.
import { sql, type Expression, type SqlBool } from 'kysely'
import { repeatedQuery } from '../../database/open-database.ts'
import type { Db } from '../../database/tables.ts'
import type { ConnectionId, MemberId } from '../../support/ids.ts'
import { scopeOf, type TaskScope } from '../task-scope.ts'
import { readIds } from './pending.ts'
import {
  filteredTasks,
  isDueBefore,
  isDueFrom,
  tasksOfPeople,
  visibleTasks,
  type DayStart,
  type TaskFilter,
  type WhoseTasks,
} from './visible-task-store.ts'

export async function countTasks(
  db: Db,
  scopes: readonly TaskScope[],
  filter: TaskFilter,
): Promise<number> {
  if (scopes.length === 0) return 0
  const row = await filteredTasks(db, scopes, filter)
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

export interface GroupsToCount {
  readonly whose: WhoseTasks
  readonly day: { readonly start: DayStart; readonly end: DayStart; readonly tomorrowEnd: DayStart }
  readonly countsDone: boolean
}

/**
 * Counts each connection's tasks in one query, by group: deadline before, on or after a calendar day, none, or completed.
 */
export async function countGroups(
  db: Db,
  scopes: readonly TaskScope[],
  { countsDone, day, whose }: GroupsToCount,
): Promise<readonly GroupCounts[]> {
  if (scopes.length === 0) return []
  const rows = await groupsOf(db, { scopes: scopes.map(scopeOf), whose, day, countsDone })
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

const groupsOf = repeatedQuery(
  (db, query: GroupsToCount & { readonly scopes: readonly TaskScope[] }) => {
    const { start, end, tomorrowEnd } = query.day
    const openWhere = (condition: Expression<SqlBool>) =>
      sql<number>`sum(case when is_completed = 0 and ${condition} then 1 else 0 end)`
    return tasksOfPeople(visibleTasks(db, query.scopes), query.whose)
      .where('is_completed', 'in', query.countsDone ? [0, 1] : [0])
      .select([
        'connection_id',
        openWhere(isDueBefore(start)).as('overdue'),
        openWhere(sql`${isDueFrom(start)} and ${isDueBefore(end)}`).as('today'),
        openWhere(sql`${isDueFrom(end)} and ${isDueBefore(tomorrowEnd)}`).as('tomorrow'),
        openWhere(isDueFrom(end)).as('upcoming'),
        openWhere(sql`deadline_at is null`).as('no_date'),
        sql<number>`sum(is_completed)`.as('done'),
      ])
      .groupBy('connection_id')
  },
)

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
        sql<number>`sum(case when ${isDueBefore(start)} then 1 else 0 end)`.as('overdue'),
        sql<number>`sum(case when ${isDueFrom(start)} and ${isDueBefore(end)} then 1 else 0 end)`.as(
          'today',
        ),
        sql<number>`count(*)`.as('open'),
      ])
      .groupBy(['connection_id', assignees])
      .execute(),
  )
  return (await Promise.all(grouped)).flat().map((row) => ({
    connectionId: row.connection_id,
    assigneeIds: readIds(row.assignees),
    overdue: row.overdue,
    today: row.today,
    open: row.open,
  }))
}

const shortAssignees = sql`case when length(assignee_ids) < 500 then assignee_ids end`

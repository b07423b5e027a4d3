// The table of tasks as people may see it: within the scope of a seat, and narrowed by the filter of a list.
import { sql, type RawBuilder, type SelectQueryBuilder, type SqlBool } from 'kysely'
import type { Db, Tables } from '../../database/tables.ts'
import type { ConnectionId, MemberId } from '../../support/ids.ts'
import { utcMidnightOf } from './task-row.ts'
import { assignedTo, inScopes, type TaskScope } from '../task-scope.ts'

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

/** `mine` has the account's member of each connection. */
export type WhoseTasks =
  | { readonly kind: 'everyone' }
  | { readonly kind: 'unassigned' }
  | { readonly kind: 'member'; readonly memberId: MemberId }
  | { readonly kind: 'mine'; readonly members: readonly OwnMember[] }

export interface OwnMember {
  readonly connectionId: ConnectionId
  readonly memberId: MemberId
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

export function filteredTasks(db: Db, scopes: readonly TaskScope[], filter: TaskFilter) {
  const { deadline, whose } = filter
  let tasks = tasksOfPeople(visibleTasks(db, scopes), whose).where(
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
      tasks = tasks.where('deadline_at', '>=', earliest).where(isDueFrom(from))
    }
    if (before !== undefined) {
      const latest = Math.max(before.at, utcMidnightOf(before.day))
      tasks = tasks.where('deadline_at', '<', latest).where(isDueBefore(before))
    }
  }
  return tasks
}

export function tasksOfPeople(tasks: ReturnType<typeof visibleTasks>, whose: WhoseTasks) {
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
          whose.members.map(({ connectionId, memberId }) =>
            where.and([where('connection_id', '=', connectionId), assignedTo(memberId)]),
          ),
        ),
      )
  }
}

export function isDueFrom({ at, day }: DayStart): RawBuilder<SqlBool> {
  return sql<SqlBool>`(case when deadline_day is null then deadline_at >= ${at} else deadline_day >= ${day} end)`
}

export function isDueBefore({ at, day }: DayStart): RawBuilder<SqlBool> {
  return sql<SqlBool>`(case when deadline_day is null then deadline_at < ${at} else deadline_day < ${day} end)`
}

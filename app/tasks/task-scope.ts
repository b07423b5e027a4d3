// The part of a connection's tasks that an account may see. Every function that reads or changes tasks for a person takes
// it, and the stores narrow their queries by it.
import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely'
import type { Connection } from '../connections/connections.ts'
import type { Tables } from '../database/tables.ts'
import type { ConnectionId, MemberId } from '../support/ids.ts'
import type { ShownTask } from './rows/task-row.ts'

export type TaskScope = Pick<Connection, 'connectionId' | 'sees' | 'memberId'>

/** Returns the scope alone, without what else is known of the connection. */
export function scopeOf({ connectionId, memberId, sees }: TaskScope): TaskScope {
  return { connectionId, memberId, sees }
}

/** The scope of Taskr's own work, such as syncs, which see every task of a connection. */
export function wholeConnection(connectionId: ConnectionId): TaskScope {
  return { connectionId, sees: 'everyone', memberId: undefined }
}

/** True when the person sees the task: they see everyone's, it is assigned to them, or Taskr created it for them. */
export function isInScope(
  { memberId, sees }: TaskScope,
  { assigneeIds, requestedBy }: Pick<ShownTask, 'assigneeIds' | 'requestedBy'>,
): boolean {
  if (sees === 'everyone') return true
  return memberId !== undefined && (assigneeIds.includes(memberId) || requestedBy === memberId)
}

/** The same condition in SQL, over several connections. */
export function inScopes(
  where: ExpressionBuilder<Tables, 'tasks'>,
  scopes: readonly TaskScope[],
): Expression<SqlBool> {
  const own = scopes.filter(({ sees }) => sees === 'own')
  const whole = scopes.filter(({ sees }) => sees === 'everyone').map((one) => one.connectionId)
  const [first, ...others] = whole
  return where.or([
    // Compared with one value, the rows come in the order of the index.
    ...(first === undefined || others.length > 0 ? [] : [where('connection_id', '=', first)]),
    ...(others.length === 0 ? [] : [where('connection_id', 'in', whole)]),
    ...own.map(({ connectionId, memberId }) =>
      where.and([
        where('connection_id', '=', connectionId),
        memberId === undefined
          ? sql<SqlBool>`1 = 0`
          : where.or([assignedTo(memberId), where('requested_by', '=', memberId)]),
      ]),
    ),
  ])
}

/** The quotes make the ID match a whole element. Short lists are part of the index, so they are matched there. */
export function assignedTo(memberId: MemberId): Expression<SqlBool> {
  const short = sql`case when length(assignee_ids) < 500 then assignee_ids end`
  const element = JSON.stringify(memberId)
  return sql`case when ${short} is null
    then replace(assignee_ids, ${element}, '') <> assignee_ids
    else replace(${short}, ${element}, '') <> (${short}) end`
}

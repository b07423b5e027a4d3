// The table of tasks, searching: which tasks have certain words and marks (../searching/indexed-words.ts).
import { sql, type SqlBool } from 'kysely'
import { filledChunksOf, rowsWithWords, type WordClause } from '../../database/open-database.ts'
import type { Db } from '../../database/tables.ts'
import type { ConnectionId, TaskId } from '../../support/ids.ts'
import { isInScope, type TaskScope } from '../task-scope.ts'
import { memberMark, openMark, requestedMark } from './indexed-words.ts'
import { visibleAmong } from '../rows/visible-task-store.ts'
import { knownTask } from '../rows/known-tasks.ts'
import { shownFrom, type ShownTask } from '../rows/task-row.ts'

/** The fields by which a list sorts, groups and counts a task. */
export interface FoundTaskKey {
  readonly connectionId: ConnectionId
  readonly taskId: TaskId
  readonly isCompleted: boolean
  readonly deadlineAt: number | null
  readonly deadlineDay: string | null
  readonly completedAt: number | null
  readonly createdAt: number
}

export interface TaskSearch {
  readonly clauses: readonly WordClause[]
  readonly isCompleted: boolean
  readonly limit: number
}

/**
 * Returns at most `limit` tasks within the scopes that have a word of every clause. A seat that sees only its own tasks is
 * searched by itself, so that other people's tasks do not use up the limit.
 */
export async function searchTaskKeys(
  db: Db,
  scopes: readonly TaskScope[],
  search: TaskSearch,
): Promise<readonly FoundTaskKey[]> {
  const whole = scopes.filter(({ sees }) => sees === 'everyone')
  const own = scopes.filter(({ sees }) => sees === 'own')
  const groups = [...(whole.length === 0 ? [] : [whole]), ...own.map((scope) => [scope])]
  const found: FoundTaskKey[] = []
  for (const group of groups) found.push(...(await searchGroup(db, group, search)))
  return found.slice(0, search.limit)
}

async function searchGroup(
  db: Db,
  scopes: readonly TaskScope[],
  { isCompleted, limit, ...search }: TaskSearch,
): Promise<readonly FoundTaskKey[]> {
  const connectionIds: ReadonlySet<string> = new Set(scopes.map(({ connectionId }) => connectionId))
  const clauses = [
    ...search.clauses.map((clause) =>
      clause.filter(({ connectionId }) => connectionIds.has(connectionId)),
    ),
    ...scopes.flatMap(ownClause),
  ]
  const open = scopes.map(({ connectionId }) => ({ connectionId, word: openMark, isPrefix: false }))
  const words = isCompleted
    ? { clauses, without: open, limit }
    : { clauses: [...clauses, open], limit }
  const rows = await visibleAmong(db.selectFrom(rowsWithWords(db, 'tasks', words)), scopes)
    .select([
      'connection_id',
      'task_id',
      'is_completed',
      'deadline_at',
      'deadline_day',
      'completed_at',
      'created_at',
    ])
    .execute()
  return rows.map((row) => ({
    connectionId: row.connection_id,
    taskId: row.task_id,
    isCompleted: row.is_completed === 1,
    deadlineAt: row.deadline_at,
    deadlineDay: row.deadline_day,
    completedAt: row.completed_at,
    createdAt: row.created_at,
  }))
}

/** The marks of the tasks that a seat for its own tasks sees. */
function ownClause({ connectionId, memberId, sees }: TaskScope): readonly WordClause[] {
  if (sees === 'everyone') return []
  const marks = memberId === undefined ? [] : [memberMark(memberId), requestedMark(memberId)]
  return [marks.map((word) => ({ connectionId, word, isPrefix: false }))]
}

/** Returns for each list of keys the tasks that are still there and within the scopes, in the order of the keys. */
export async function listTasksByKey(
  db: Db,
  scopes: readonly TaskScope[],
  lists: readonly (readonly TaskKey[])[],
): Promise<readonly (readonly ShownTask[])[]> {
  const scopeOf = new Map(scopes.map((scope) => [scope.connectionId, scope]))
  const found = new Map<string, ShownTask>()
  for (const keys of filledChunksOf(lists.flat())) {
    const values = keys.map(({ connectionId, taskId }) => sql`(${connectionId}, ${taskId})`)
    const rows = await db
      .selectFrom('tasks')
      .selectAll()
      // The keys alone: with any other condition, an engine may read the index of lists from end to end.
      .where(sql<SqlBool>`(connection_id, task_id) in (values ${sql.join(values)})`)
      .execute()
    for (const row of rows) {
      const task = knownTask(shownFrom(row))
      const scope = scopeOf.get(task.connectionId)
      if (row.is_hidden === 1 || scope === undefined || !isInScope(scope, task)) continue
      found.set(nameOf(task), task)
    }
  }
  return lists.map((keys) => keys.flatMap((key) => found.get(nameOf(key)) ?? []))
}

type TaskKey = Pick<FoundTaskKey, 'connectionId' | 'taskId'>

function nameOf({ connectionId, taskId }: TaskKey): string {
  return `${connectionId}/${taskId}`
}

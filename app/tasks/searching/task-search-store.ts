// The table of tasks, searching: which tasks have certain words and marks (../searching/indexed-words.ts).
import { chunksByOwner, rowsWithWords, type WordClause } from '../../database/open-database.ts'
import type { Db } from '../../database/tables.ts'
import type { ConnectionId, TaskId } from '../../support/ids.ts'
import type { TaskScope } from '../task-scope.ts'
import { memberMark, openMark, requestedMark } from './indexed-words.ts'
import { visibleAmong, visibleTasks } from '../rows/task-list-store.ts'
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

/**
 * Returns at most `limit` tasks within the scopes that have a word of every clause, open ones before completed ones. A
 * seat that sees only its own tasks is searched by itself, so that other people's tasks do not use up the limit.
 */
export async function searchTaskKeys(
  db: Db,
  scopes: readonly TaskScope[],
  search: { readonly clauses: readonly WordClause[]; readonly limit: number },
): Promise<readonly FoundTaskKey[]> {
  const whole = scopes.filter(({ sees }) => sees === 'everyone')
  const own = scopes.filter(({ sees }) => sees === 'own')
  const groups = [...(whole.length === 0 ? [] : [whole]), ...own.map((scope) => [scope])]
  const found: FoundTaskKey[] = []
  for (const group of groups) found.push(...(await searchGroup(db, group, search)))
  return groups.length < 2
    ? found
    : found
        .toSorted((one, other) => Number(one.isCompleted) - Number(other.isCompleted))
        .slice(0, search.limit)
}

async function searchGroup(
  db: Db,
  scopes: readonly TaskScope[],
  { limit, ...search }: { readonly clauses: readonly WordClause[]; readonly limit: number },
): Promise<readonly FoundTaskKey[]> {
  const connectionIds: ReadonlySet<string> = new Set(scopes.map(({ connectionId }) => connectionId))
  const clauses = [
    ...search.clauses.map((clause) =>
      clause.filter(({ connectionId }) => connectionIds.has(connectionId)),
    ),
    ...scopes.flatMap(ownClause),
  ]
  if (clauses.some((clause) => clause.length === 0)) return []
  const open = scopes.map(({ connectionId }) => ({
    connectionId,
    word: openMark,
    isPrefix: false,
  }))
  const read = async (
    words: Parameters<typeof rowsWithWords>[2],
  ): Promise<readonly FoundTaskKey[]> => {
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
  const first = await read({ clauses: [...clauses, open], limit })
  if (first.length >= limit) return first
  const others = await read({ clauses, without: open, limit: limit - first.length })
  return [...first, ...others]
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
  lists: readonly (readonly Pick<FoundTaskKey, 'connectionId' | 'taskId'>[])[],
): Promise<readonly (readonly ShownTask[])[]> {
  const byConnection = Map.groupBy(lists.flat(), (key) => key.connectionId)
  const ids = new Map(
    [...byConnection].map(([connectionId, keys]) => [connectionId, keys.map((key) => key.taskId)]),
  )
  const found = new Map<string, ShownTask>()
  for (const pieces of chunksByOwner(ids)) {
    const rows = await visibleTasks(db, scopes)
      .selectAll()
      .where((where) =>
        where.or(
          pieces.map((piece) =>
            where.and([
              where('connection_id', '=', piece.owner),
              where('task_id', 'in', piece.ids),
            ]),
          ),
        ),
      )
      .execute()
    for (const row of rows) found.set(`${row.connection_id}/${row.task_id}`, shownFrom(row))
  }
  return lists.map((keys) =>
    keys.flatMap((key) => found.get(`${key.connectionId}/${key.taskId}`) ?? []),
  )
}

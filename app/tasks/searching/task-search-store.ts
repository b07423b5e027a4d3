// The table of tasks, searching: which tasks have certain words and marks (../searching/indexed-words.ts).
import { chunksOf, hasWords, type WordClause } from '../../database/open-database.ts'
import type { Db } from '../../database/tables.ts'
import type { ConnectionId, TaskId } from '../../support/ids.ts'
import { openMark } from './indexed-words.ts'
import { visibleTasks } from '../rows/task-list-store.ts'
import { shownFrom, type ShownTask } from '../rows/task-row.ts'

/** What a list needs to sort, group and count a task. */
export interface FoundTaskKey {
  readonly connectionId: ConnectionId
  readonly taskId: TaskId
  readonly isCompleted: boolean
  readonly deadlineAt: number | null
  readonly deadlineDay: string | null
  readonly completedAt: number | null
  readonly createdAt: number
}

/** Returns at most `limit` tasks that have a word of every clause, open ones before completed ones. */
export async function searchTaskKeys(
  db: Db,
  connectionIds: readonly ConnectionId[],
  { clauses, limit }: { readonly clauses: readonly WordClause[]; readonly limit: number },
): Promise<readonly FoundTaskKey[]> {
  if (connectionIds.length === 0) return []
  const open = connectionIds.map((connectionId) => ({
    connectionId,
    word: openMark,
    isPrefix: false,
  }))
  const read = async (search: Parameters<typeof hasWords>[2]): Promise<readonly FoundTaskKey[]> => {
    const rows = await visibleTasks(db, connectionIds)
      .select([
        'connection_id',
        'task_id',
        'is_completed',
        'deadline_at',
        'deadline_day',
        'completed_at',
        'created_at',
      ])
      .where(hasWords(db, 'tasks', search))
      .limit(search.limit)
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

/** Returns the tasks with these keys that are still there, in the order of the keys. */
export async function listTasksByKey(
  db: Db,
  keys: readonly Pick<FoundTaskKey, 'connectionId' | 'taskId'>[],
): Promise<readonly ShownTask[]> {
  const found = new Map<string, ShownTask>()
  for (const [connectionId, some] of Map.groupBy(keys, (key) => key.connectionId)) {
    for (const piece of chunksOf(some.map(({ taskId }) => taskId))) {
      const rows = await visibleTasks(db, [connectionId])
        .selectAll()
        .where('task_id', 'in', piece)
        .execute()
      for (const row of rows) found.set(`${connectionId}/${row.task_id}`, shownFrom(row))
    }
  }
  return keys.flatMap((key) => found.get(`${key.connectionId}/${key.taskId}`) ?? [])
}

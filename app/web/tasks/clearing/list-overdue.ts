// Lists the overdue tasks that a person can change, oldest first.
import type { Session } from '../../../accounts/accounts.ts'
import type { ListedConnection } from '../../../sync/sync.ts'
import type { ListedTask } from '../../../tasks/tasks.ts'
import type { ListFilters } from '../../addresses.ts'
import type { RouteParts } from '../../web-parts.ts'
import { taskFiltersOf } from '../list-query.ts'
import { isWritable } from '../task-rows.ts'

export async function listOverdue(
  { tasks }: Pick<RouteParts, 'tasks'>,
  session: Session,
  {
    filters,
    connections,
    limit,
  }: {
    readonly filters: ListFilters
    readonly connections: readonly ListedConnection[]
    readonly limit: number
  },
): Promise<{ readonly tasks: readonly ListedTask[]; readonly total: number }> {
  const all = connections.filter(isWritable)
  const found: ListedTask[] = []
  let total = 0
  for (let page = 1, pages = 1; page <= pages && found.length < limit; page += 1) {
    const query = { view: 'overdue', ...taskFiltersOf(filters), page } as const
    const list = await tasks.list(session, query, all)
    pages = list.pages
    total = list.groups[0]?.total ?? 0
    found.push(...(list.groups[0]?.tasks ?? []))
  }
  return { tasks: found.slice(0, limit), total }
}

// Lists the overdue tasks that a person can change, oldest first.
import type { Session } from '../../../accounts/accounts.ts'
import type { ListedConnection } from '../../../sync/sync.ts'
import type { ListedTask } from '../../../tasks/tasks.ts'
import { inTurns } from '../../../support/in-turns.ts'
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
  for await (const page of inTurns(pageNumbers())) {
    const query = { view: 'overdue', ...taskFiltersOf(filters), page } as const
    const list = await tasks.list(session, query, all)
    total = list.groups[0]?.total ?? 0
    found.push(...(list.groups[0]?.tasks ?? []))
    if (page >= list.pages || found.length >= limit) break
  }
  return { tasks: found.slice(0, limit), total }
}

function* pageNumbers(): Generator<number, void> {
  for (let page = 1; ; page += 1) yield page
}

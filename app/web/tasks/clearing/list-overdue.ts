// Lists the overdue tasks that a person can change, oldest first.
import type { Session } from '../../../accounts/accounts.ts'
import { asConnectionId } from '../../../support/ids.ts'
import type { ListedConnection } from '../../../sync/sync.ts'
import type { ListedTask } from '../../../tasks/tasks.ts'
import type { ListAddress } from '../../addresses.ts'
import type { RouteParts } from '../../web-parts.ts'
import { isWritable } from '../task-rows.ts'

export async function listOverdue(
  { tasks }: Pick<RouteParts, 'tasks'>,
  session: Session,
  {
    query: { whose, workspace },
    connections,
    limit,
  }: {
    readonly query: Pick<ListAddress, 'whose' | 'workspace'>
    readonly connections: readonly ListedConnection[]
    readonly limit: number
  },
): Promise<{ readonly tasks: readonly ListedTask[]; readonly total: number }> {
  const all = connections.filter(isWritable)
  const connectionId = workspace === undefined ? undefined : asConnectionId(workspace)
  const found: ListedTask[] = []
  let total = 0
  for (let page = 1, pages = 1; page <= pages && found.length < limit; page += 1) {
    const query = { view: 'overdue', whose, connectionId, page } as const
    const list = await tasks.list(session, query, all)
    pages = list.pages
    total = list.groups[0]?.total ?? 0
    found.push(...(list.groups[0]?.tasks ?? []))
  }
  return { tasks: found.slice(0, limit), total }
}

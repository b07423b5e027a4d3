// Gathers the data of the task list: the tasks of the requested view, their freshness, and the pending and refused
// changes.
import type { Session } from '../../accounts/accounts.ts'
import { quickDateText } from '../../tasks/tasks.ts'
import type { ListedConnection as Listed } from '../../sync/sync.ts'
import type { NamedFilters, TaskList } from '../../tasks/tasks.ts'
import { paths } from '../addresses.ts'
import { Problem } from '../problem.ts'
import { createBytePlaces, type BytePlaces } from '../kept/byte-places.ts'
import type { Html } from '../ui/html.ts'
import type { PageRequest } from '../page-frames.ts'
import type { RouteParts } from '../web-parts.ts'
import { connectedToast } from './connected-toast.ts'
import { readListQuery, taskFiltersOf } from './list-query.ts'
import { connectionOf, failedChangesOf, isWritable, recordKindOf, rowOf } from './task-rows.ts'
import type { FilterNames } from './finding/filters.ts'
import { taskListPage } from './views/task-list.ts'
import type { RefusedTask } from './views/quick-add.ts'

export interface ListPageRequest {
  /** Its address is the list's own. */
  readonly request: PageRequest
  readonly connections: readonly Listed[]
  /** A new task that was refused. */
  readonly refused?: RefusedTask
  /** True when kept rows are put into the page as bytes. */
  readonly hasBytes?: boolean
}

export interface ListPage {
  readonly html: Html
  readonly requestKey: string
  readonly lists: BytePlaces['lists']
}

export async function listPage(
  parts: RouteParts,
  session: Session,
  { request, connections, refused, hasBytes = false }: ListPageRequest,
): Promise<ListPage> {
  const query = readListQuery(request.address)
  const { workspace, view, page } = query
  const isKnown = connections.some(({ connectionId }) => connectionId === workspace)
  if (workspace !== undefined && !isKnown) throw new Problem({ kind: 'not-found' })
  const filters = taskFiltersOf(query)
  const [list, open, names] = await Promise.all([
    parts.tasks.list(session, { ...filters, view, page }, connections),
    parts.changes.listOpen(session.accountId),
    parts.tasks.nameFilters(filters, connections),
  ])
  const known = { connections, counts: list.counts }
  const frame = await parts.pages.appFrameFor(request, session, known)
  const places = createBytePlaces(frame.requestKey())
  const now = parts.clock.now()
  const toast = await connectedToast(parts, request, connections)
  const html = taskListPage({
    frame: { ...frame, toast, ...(hasBytes && { putBytes: places.put }) },
    query: { ...query, page: list.page },
    names: namesOf(names),
    isCutOff: list.isCutOff,
    ...shownOf(list, connections),
    quickAdd: {
      targets: connections.filter(isWritable),
      today: quickDateText('today', now, session.timeZone),
      tomorrow: quickDateText('tomorrow', now, session.timeZone),
      refused,
    },
    // A connection that must be reconnected is not live, even if its webhook still works.
    isLive: list.connections.every(
      ({ mirror, status }) => status !== 'needs-reconnect' && mirror?.isLive === true,
    ),
    changes: { underWay: open.underWay, failed: failedChangesOf(open.failed, connections) },
  })
  return { html, requestKey: frame.requestKey(), lists: places.lists }
}

function namesOf({ member, record }: NamedFilters): FilterNames {
  if (record === undefined) return { member }
  const { objectSlug, name, webUrl } = record
  return {
    member,
    record: { kind: recordKindOf(objectSlug), name: name === '' ? undefined : name, webUrl },
  }
}

/** Returns the list that a form came from, or the home page when it came from another page. */
export function listAddressOf(returnTo: string): string {
  const { pathname } = new URL(returnTo, 'https://taskr.invalid')
  return pathname === paths.home ? returnTo : paths.home
}

function shownOf(list: TaskList<Listed>, connections: readonly Listed[]) {
  return {
    groups: list.groups.map(({ kind, total, tasks }) => ({
      kind,
      total,
      changeable: kind === 'overdue' ? countChangeable(list) : undefined,
      tasks: tasks.map((task) => rowOf(task, connections)),
    })),
    pages: list.pages,
    connections: list.connections.map(connectionOf),
  }
}

function countChangeable({ connections, counts }: TaskList<Listed>): number {
  return connections
    .filter(isWritable)
    .reduce((sum, { connectionId }) => sum + (counts.overdueByConnection.get(connectionId) ?? 0), 0)
}

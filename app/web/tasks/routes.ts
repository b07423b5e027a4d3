// The home page: what Taskr is for a stranger, the task list for somebody with a connection; and "look again".
import { Hono } from 'hono'
import { z } from 'zod'
import type { Session } from '../../accounts/accounts.ts'
import { missingFrom } from '../../connections/missing-scopes.ts'
import type { ListedRecord, ListedTask } from '../../tasks/listed-task.ts'
import { asConnectionId } from '../../support/ids.ts'
import type { ListedConnection as Listed, TaskList } from '../../tasks/task-list.ts'
import { paths, taskViews, whoseChoices, type TaskListQuery } from '../addresses.ts'
import { connectPage } from '../connections/views/connect.ts'
import { readForm, textField } from '../forms.ts'
import { welcomePage } from '../home/views/welcome.ts'
import { signedIn } from '../pages.ts'
import { Problem } from '../problem.ts'
import { safeReturnTo } from '../return-to.ts'
import type { RouteParts, WebContext, WebEnv } from '../web-parts.ts'
import type { ListedConnection } from './views/connection-problems.ts'
import { taskListPage } from './views/task-list.ts'
import type { LinkedRecordKind, TaskRow } from './views/task-row.ts'

export function taskRoutes(parts: RouteParts) {
  const { mirror, pages, site, tasks } = parts
  const routes = new Hono<WebEnv>()

  routes.get(paths.home, async (context) => {
    const session = context.get('session')
    if (session === undefined) return context.html(welcomePage({ frame: pages.frame(context) }))
    const connections = await tasks.listConnections(session.accountId)
    if (connections.length === 0) {
      const attioHost = new URL(site.attioOrigin).host
      const linkForAdmin = new URL(paths.connect, site.publicUrl).href
      const page = connectPage({
        frame: pages.frame(context),
        attioHost,
        linkForAdmin,
        isFirst: true,
      })
      return context.html(page)
    }
    for (const connection of connections) refreshWhenStale(parts, connection)
    return context.html(await listPage(parts, context, session, connections))
  })

  routes.post(paths.refresh, async (context) => {
    const { accountId } = signedIn(context)
    const { returnTo } = await readForm(context, { returnTo: textField })
    for (const connection of await tasks.listConnections(accountId)) {
      if (connection.status === 'active') await mirror.refreshNow(connection)
    }
    return context.redirect(safeReturnTo(returnTo) ?? paths.home, 303)
  })

  return routes
}

function refreshWhenStale({ mirror }: RouteParts, connection: Listed): void {
  if (connection.status === 'active' || connection.status === 'missing-scopes')
    mirror.refresh(connection)
}

async function listPage(
  parts: RouteParts,
  context: WebContext,
  session: Session,
  connections: readonly Listed[],
) {
  const query = readQuery(context)
  const { workspace, ...rest } = query
  if (
    workspace !== undefined &&
    !connections.some(({ connectionId }) => connectionId === workspace)
  ) {
    throw new Problem({ kind: 'not-found' })
  }
  const connectionId = workspace === undefined ? undefined : asConnectionId(workspace)
  const counts = await parts.tasks.countOwnOpen(session, connections)
  const [frame, list] = await Promise.all([
    parts.pages.appFrame(context, session, { connections, counts }),
    parts.tasks.list(session, { ...rest, connectionId }, counts),
  ])
  return taskListPage({ frame, query, ...pageOf(list) })
}

const listQuery = z.object({
  view: z.enum(taskViews).optional(),
  whose: z.enum(whoseChoices).default('mine'),
  workspace: z.string().max(64).optional(),
  page: z.coerce.number().int().min(1).max(100_000).default(1),
})

/** An address that was typed wrong is not found, rather than answered with something else. */
function readQuery(context: WebContext): TaskListQuery {
  const parsed = listQuery.safeParse(context.req.query())
  if (!parsed.success) throw new Problem({ kind: 'not-found' })
  return parsed.data
}

function pageOf(list: TaskList) {
  return {
    groups: list.groups.map(({ view, total, tasks }) => ({
      kind: view,
      total,
      tasks: tasks.map(rowOf),
    })),
    pages: list.pages,
    connections: list.connections.map(connectionOf),
  }
}

function rowOf(task: ListedTask): TaskRow {
  return { ...task, linkedRecords: task.records.map(recordOf) }
}

const recordKinds: ReadonlyMap<string, LinkedRecordKind> = new Map([
  ['people', 'person'],
  ['companies', 'company'],
  ['deals', 'deal'],
])

function recordOf({ objectSlug, name, webUrl }: ListedRecord) {
  return { kind: recordKinds.get(objectSlug) ?? ('record' as const), name, webUrl }
}

const troubles = {
  unreachable: 'unreachable',
  unclear: 'unreadable',
  // With every scope in place: a lack of them has words of its own.
  forbidden: 'refused',
} as const

function connectionOf({ mirror, ...connection }: Listed): ListedConnection {
  const missingScopes = missingFrom(connection.scopes)
  const problem = mirror?.problem
  const isLacking = problem === 'forbidden' && missingScopes.length > 0
  return {
    ...connection,
    status: isLacking ? 'missing-scopes' : connection.status,
    missingScopes,
    asOf: mirror?.asOf ?? null,
    walk: mirror?.walkStartedAt === undefined ? undefined : { tasksSeen: mirror.walkTasksSeen },
    trouble: problem === undefined || isLacking ? undefined : troubles[problem],
  }
}

// GET /operator/connections and /operator/events: the state of every connection, and what operators did.
import { asConnectionId, asEventId } from '../../support/ids.ts'
import { paths } from '../addresses.ts'
import { queryValue } from '../read-query.ts'
import type { Route } from '../routes.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import { operatorSession } from './operator-session.ts'
import { connectionListPage } from './views/connection-list.ts'
import { operatorEventsPage } from './views/operator-events.ts'

const rowsPerPage = 50

export const overviewRoutes: readonly Route[] = [
  ['GET', paths.operatorConnections, showAllConnections],
  ['GET', paths.operatorEvents, showOperatorEvents],
]

async function showAllConnections(parts: RouteParts, context: WebContext): Promise<Response> {
  const { accounts, connections, pages, sync } = parts
  const session = operatorSession(context)
  const after = queryValue(context, 'after')
  const found = await connections.listAll({
    after: after === undefined ? undefined : asConnectionId(after),
    limit: rowsPerPage + 1,
  })
  const shown = found.slice(0, rowsPerPage)
  const [frame, owners, states] = await Promise.all([
    pages.appFrame(context, session),
    accounts.operating.usernamesOf([...new Set(shown.map(({ accountId }) => accountId))]),
    sync.listStates(shown.map(({ connectionId }) => connectionId)),
  ])
  const stateOf = new Map(states.map((state) => [state.connectionId, state]))
  const page = connectionListPage({
    frame,
    connections: shown.map(({ accountId, connectionId, status, workspaceName }) => ({
      accountId,
      status,
      workspaceName,
      owner: owners.get(accountId),
      asOf: stateOf.get(connectionId)?.asOf,
      hasProblem: stateOf.get(connectionId)?.hasFailed === true,
    })),
    next: found.length > rowsPerPage ? shown.at(-1)?.connectionId : undefined,
  })
  return context.html(page)
}

async function showOperatorEvents(
  { accounts, pages }: RouteParts,
  context: WebContext,
): Promise<Response> {
  const session = operatorSession(context)
  const after = queryValue(context, 'after')
  const [frame, found] = await Promise.all([
    pages.appFrame(context, session),
    accounts.operating.listEvents({
      after: after === undefined ? undefined : asEventId(after),
      limit: rowsPerPage + 1,
    }),
  ])
  const events = found.slice(0, rowsPerPage)
  const next = found.length > rowsPerPage ? events.at(-1)?.eventId : undefined
  return context.html(operatorEventsPage({ frame, events, next }))
}

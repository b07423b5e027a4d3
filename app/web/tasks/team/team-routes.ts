// The team page: how much each member has to do.
import { z } from 'zod'
import { paths } from '../../addresses.ts'
import { signedIn } from '../../pages.ts'
import { Problem } from '../../problem.ts'
import { queryValue } from '../../read-query.ts'
import type { Route } from '../../routes.ts'
import type { RouteParts, WebContext } from '../../web-parts.ts'
import { teamPage } from './team-page.ts'

export const teamRoutes: readonly Route[] = [['GET', paths.team, showTeam]]

async function showTeam(
  { pages, sync, tasks }: RouteParts,
  context: WebContext,
): Promise<Response> {
  const session = signedIn(context)
  const all = await sync.listConnections(session.accountId)
  const workspace = queryValue(context, 'workspace')
  const connections =
    workspace === undefined ? all : all.filter(({ connectionId }) => connectionId === workspace)
  if (workspace !== undefined && connections.length === 0) {
    throw new Problem({ kind: 'not-found' })
  }
  const asked = z.coerce.number().int().min(1).max(100_000).default(1)
  const { success, data: page } = asked.safeParse(queryValue(context, 'page'))
  if (!success) throw new Problem({ kind: 'not-found' })
  const [frame, team] = await Promise.all([
    pages.appFrame(context, session, { connections: all }),
    tasks.listTeam(session, connections, { page }),
  ])
  return context.html(teamPage({ frame, ...team, workspace }))
}

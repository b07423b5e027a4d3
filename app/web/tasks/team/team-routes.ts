// The team page: how much each member has to do.
import { Hono } from 'hono'
import { z } from 'zod'
import { paths } from '../../addresses.ts'
import { signedIn } from '../../pages.ts'
import { Problem } from '../../problem.ts'
import { queryValue } from '../../read-query.ts'
import type { RouteParts, WebEnv } from '../../web-parts.ts'
import { teamPage } from './team-page.ts'

export function teamRoutes({ pages, sync, tasks }: RouteParts) {
  return new Hono<WebEnv>().get(paths.team, async (context) => {
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
  })
}

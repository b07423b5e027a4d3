// The home page: the landing page when signed out, the task list with a connection; and "Sync now".
import { Hono } from 'hono'
import { paths } from '../addresses.ts'
import { connectPage } from '../connections/views/connect.ts'
import { readForm, textField } from '../read-form.ts'
import { welcomePage } from '../home/views/welcome.ts'
import { addressWithin, signedIn } from '../pages.ts'
import { safeReturnTo } from '../return-to.ts'
import type { RouteParts, Site, WebEnv } from '../web-parts.ts'
import { listPage } from './list-page.ts'
import { isReadable, lookAgainWhenStale } from './sync-when-stale.ts'

function serverOf({ publicUrl, securityContact }: Site) {
  return { host: publicUrl.host, contact: securityContact }
}

export function taskRoutes(parts: RouteParts) {
  const { pages, site, sync } = parts
  const routes = new Hono<WebEnv>()

  routes.get(paths.home, async (context) => {
    const session = context.get('session')
    if (session === undefined)
      return context.html(welcomePage({ frame: pages.frame(context), server: serverOf(site) }))
    const connections = await sync.listConnections(session.accountId)
    if (connections.length === 0) {
      const attioHost = new URL(site.attioOrigin).host
      const ended = await parts.seats.listEnded(session.accountId)
      const page = connectPage({
        frame: pages.frame(context),
        attioHost,
        mayAsk: true,
        ended,
        isFirst: true,
      })
      return context.html(page)
    }
    lookAgainWhenStale(parts, connections)
    await parts.seats.noteSeen(connections)
    const address = addressWithin(context)
    const page = await listPage(parts, context, session, { address, connections })
    // A plain string, because Hono sends anything else as a stream, which costs half as much as rendering.
    return context.html(String(page))
  })

  routes.post(paths.refresh, async (context) => {
    const { accountId } = signedIn(context)
    const { returnTo } = await readForm(context, { returnTo: textField })
    for (const connection of await sync.listConnections(accountId)) {
      if (!isReadable(connection)) continue
      await sync.refreshNow(connection)
      sync.checkNow(connection)
    }
    return context.redirect(safeReturnTo(returnTo) ?? paths.home, 303)
  })

  return routes
}

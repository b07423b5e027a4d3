// The home page: the landing page when signed out, the task list with a connection; and "Sync now".
import { Hono } from 'hono'
import type { Session } from '../../accounts/accounts.ts'
import { paths } from '../addresses.ts'
import { connectPage } from '../connections/views/connect.ts'
import { readForm, textField } from '../read-form.ts'
import { welcomePage } from '../home/views/welcome.ts'
import type { RenderedPage } from '../page-frames.ts'
import { addressWithin, signedIn } from '../pages.ts'
import { safeReturnTo } from '../return-to.ts'
import type { RouteParts, Site, WebContext, WebEnv } from '../web-parts.ts'
import { listPage } from './list-page.ts'
import { mayListBeCompressed } from './may-be-compressed.ts'
import { isReadable, lookAgainWhenStale } from './sync-when-stale.ts'

function serverOf({ publicUrl, securityContact }: Site) {
  return { host: publicUrl.host, contact: securityContact }
}

export function taskRoutes(parts: RouteParts) {
  const { accounts, keptPages, pages, site, sync } = parts
  const routes = new Hono<WebEnv>()

  routes.get(paths.home, async (context) => {
    const session = context.get('session')
    if (session === undefined) {
      const { signUpRule: signUp } = accounts
      const frame = pages.frame(context)
      const page = String(await welcomePage({ frame, server: serverOf(site), signUp }))
      // A toast may tell of the account that was signed in.
      return frame.toast === undefined ? keptPages.answerAnyone(context, page) : context.html(page)
    }
    return await keptPages.answer(context, session, () => homePage(parts, context, session))
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

/** Renders the page of a signed-in person: how to connect, or the list. */
async function homePage(
  parts: RouteParts,
  context: WebContext,
  session: Session,
): Promise<RenderedPage> {
  const { pages, seats, site, sync } = parts
  const connections = await sync.listConnections(session.accountId)
  if (connections.length === 0) {
    const attioHost = new URL(site.attioOrigin).host
    const ended = await seats.listEnded(session.accountId)
    const frame = pages.frame(context)
    const page = await connectPage({ frame, attioHost, mayAsk: true, ended, isFirst: true })
    return { text: String(page), mayBeCompressed: false }
  }
  lookAgainWhenStale(parts, connections)
  await seats.noteSeen(connections)
  const address = addressWithin(context)
  // A plain string, because Hono sends anything else as a stream, which costs half as much as rendering.
  const text = String(await listPage(parts, context, session, { address, connections }))
  return { text, mayBeCompressed: mayListBeCompressed(address, connections) }
}

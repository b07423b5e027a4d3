// The home page: the landing page when signed out, the task list with a connection; and "Sync now".
import type { Session } from '../../accounts/accounts.ts'
import { paths } from '../addresses.ts'
import { connectPage } from '../connections/views/connect.ts'
import { readForm, textField } from '../read-form.ts'
import { welcomePage } from '../home/views/welcome.ts'
import type { PageRequest, RenderedPage } from '../page-frames.ts'
import { signedIn } from '../pages.ts'
import { SignInNeeded } from '../problem.ts'
import { safeReturnTo } from '../return-to.ts'
import type { Route } from '../routes.ts'
import { isRefetchOfAccount } from '../toast-cookie.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import { listPage } from './list-page.ts'
import { compressionOfList } from './compression-of-list.ts'
import { isReadable, syncWhenStale } from './sync-when-stale.ts'

export const homeRoutes: readonly Route[] = [
  ['GET', paths.home, showHome],
  ['POST', paths.refresh, syncNow],
]

async function showHome(parts: RouteParts, context: WebContext): Promise<Response> {
  const { accounts, keptPages, pages, site } = parts
  const session = context.get('session')
  if (session === undefined) {
    // The landing page would not say why the list is gone.
    if (isRefetchOfAccount(context)) throw new SignInNeeded()
    const { signUpRule: signUp } = accounts
    const server = { host: site.publicUrl.host, contact: site.securityContact }
    const frame = pages.frame(context)
    const page = String(welcomePage({ frame, server, signUp }))
    // A toast may tell of the account that was signed in.
    return frame.toast === undefined ? keptPages.answerAnyone(context, page) : context.html(page)
  }
  return await keptPages.answer(context, session, () =>
    homePage(parts, pages.requestOf(context), session),
  )
}

async function syncNow({ sync }: RouteParts, context: WebContext): Promise<Response> {
  const { accountId } = signedIn(context)
  const { returnTo } = await readForm(context, { returnTo: textField })
  for (const connection of await sync.listConnections(accountId)) {
    if (!isReadable(connection)) continue
    await sync.refreshNow(connection)
    sync.checkNow(connection)
  }
  return context.redirect(safeReturnTo(returnTo) ?? paths.home, 303)
}

/** Renders the page of a signed-in person: how to connect, or the list. */
export async function homePage(
  parts: RouteParts,
  request: PageRequest,
  session: Session,
): Promise<RenderedPage> {
  const { pages, seats, site, sync } = parts
  const connections = await sync.listConnections(session.accountId)
  if (connections.length === 0) {
    const attioHost = new URL(site.attioOrigin).host
    const ended = await seats.listEnded(session.accountId)
    const frame = pages.frameFor(request, session)
    const page = connectPage({ frame, attioHost, mayAsk: true, ended, isFirst: true })
    return { text: String(page), requestKey: undefined, compression: undefined }
  }
  syncWhenStale(parts, connections)
  await seats.noteSeen(connections)
  const list = await listPage(parts, session, { request, connections, hasBytes: true })
  const { html, lists, requestKey } = list
  const compression = compressionOfList(request.address, connections)
  // A plain string, because Hono sends anything else as a stream, which costs half as much as rendering.
  return { text: String(html), lists, requestKey, compression }
}

// Ways to a workspace that one cannot connect, or need not: asking an admin, and joining a connection that is here already.
import { Hono } from 'hono'
import { paths } from '../addresses.ts'
import { approverName } from '../connections/approver.ts'
import { answerConnecting } from '../connections/connect-routes.ts'
import { frameAccountOf, signedIn } from '../pages.ts'
import { readForm } from '../read-form.ts'
import { leaveToast } from '../toast-cookie.ts'
import type { RouteParts, WebEnv } from '../web-parts.ts'
import { askAdminPage } from './views/ask-admin.ts'
import { offerPage } from './views/offer.ts'

export function offerRoutes(parts: RouteParts) {
  const { connections, cookies, pages, seats, site } = parts
  const routes = new Hono<WebEnv>()

  routes.get(paths.askAdmin, async (context) => {
    const session = signedIn(context)
    const all = await connections.list(session.accountId)
    if (all.length > 0) return context.redirect(paths.home, 303)
    const frame = { ...pages.frame(context), account: frameAccountOf(session) }
    return context.html(askAdminPage({ frame, link: new URL(paths.connect, site.publicUrl).href }))
  })

  routes.get(paths.offer, async (context) => {
    const { accountId } = signedIn(context)
    const offer = await seats.findOffer(accountId)
    if (offer === undefined) return context.redirect(paths.connections, 303)
    const { connection, isIn } = offer
    const page = offerPage({
      frame: pages.frame(context),
      workspaceName: connection.workspaceName,
      ownerName: await approverName(parts, connection),
      isIn,
    })
    return context.html(page)
  })

  routes.post(paths.offer, async (context) => {
    const { accountId } = signedIn(context)
    await readForm(context, {})
    const taken = await seats.takeOffer(accountId)
    if (taken.kind === 'over') {
      leaveToast(cookies, context, { kind: 'seat', what: 'offer-over' })
      return context.redirect(paths.connections, 303)
    }
    const { connection, memberName } = taken
    const { workspaceName } = connection
    leaveToast(cookies, context, {
      kind: 'seat',
      what: 'joined',
      workspaceName,
      name: memberName,
    })
    return context.redirect(paths.home, 303)
  })

  routes.post(paths.ownConnection, async (context) => {
    const { accountId } = signedIn(context)
    await readForm(context, {})
    const kept = await connections.keepOwn(accountId)
    if (kept.kind === 'connected') await leaveOthers(accountId, kept.connection)
    return await answerConnecting(parts, context, kept)
  })

  /** An account is in a workspace one way: its own connection takes the place of a seat. */
  async function leaveOthers(
    accountId: Parameters<typeof seats.leaveAll>[0],
    { connectionId, workspaceId }: { readonly connectionId: string; readonly workspaceId: string },
  ): Promise<void> {
    for (const one of await connections.list(accountId)) {
      const isOther = one.workspaceId === workspaceId && one.connectionId !== connectionId
      if (isOther && one.role === 'seat') {
        await seats.leave({ accountId, connectionId: one.connectionId })
      }
    }
  }

  return routes
}

// Ways to a workspace that one cannot connect, or need not: asking an admin, and joining a connection that is here already.
import type { Connection } from '../../connections/connections.ts'
import type { AccountId } from '../../support/ids.ts'
import { paths } from '../addresses.ts'
import { answerConnecting } from '../connections/answer-connecting.ts'
import { approverName } from '../connections/approver.ts'
import { frameAccountOf, signedIn } from '../pages.ts'
import { readForm } from '../read-form.ts'
import type { Route } from '../routes.ts'
import { leaveToast } from '../toast-cookie.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import { askAdminPage } from './views/ask-admin.ts'
import { offerPage } from './views/offer.ts'

export const offerRoutes: readonly Route[] = [
  ['GET', paths.askAdmin, showAskAdmin],
  ['GET', paths.offer, showOffer],
  ['POST', paths.offer, takeOffer],
  ['POST', paths.ownConnection, keepOwnConnection],
]

async function showAskAdmin(
  { connections, pages, site }: RouteParts,
  context: WebContext,
): Promise<Response> {
  const session = signedIn(context)
  const all = await connections.list(session.accountId)
  if (all.length > 0) return context.redirect(paths.home, 303)
  const frame = { ...pages.frame(context), account: frameAccountOf(session) }
  return context.html(askAdminPage({ frame, link: new URL(paths.connect, site.publicUrl).href }))
}

async function showOffer(parts: RouteParts, context: WebContext): Promise<Response> {
  const { accountId } = signedIn(context)
  const offer = await parts.seats.findOffer(accountId)
  if (offer === undefined) return context.redirect(paths.connections, 303)
  const { connection, isIn } = offer
  const page = offerPage({
    frame: parts.pages.frame(context),
    workspaceName: connection.workspaceName,
    ownerName: await approverName(parts, connection),
    isIn,
  })
  return context.html(page)
}

async function takeOffer({ cookies, seats }: RouteParts, context: WebContext): Promise<Response> {
  const { accountId } = signedIn(context)
  await readForm(context, {})
  const taken = await seats.takeOffer(accountId)
  if (taken.kind === 'over') {
    leaveToast(cookies, context, { kind: 'seat', what: 'offer-over' })
    return context.redirect(paths.connections, 303)
  }
  const { connection, memberName: name } = taken
  const { workspaceName } = connection
  leaveToast(cookies, context, { kind: 'seat', what: 'joined', workspaceName, name })
  return context.redirect(paths.home, 303)
}

async function keepOwnConnection(parts: RouteParts, context: WebContext): Promise<Response> {
  const { accountId } = signedIn(context)
  await readForm(context, {})
  const kept = await parts.connections.keepOwn(accountId)
  if (kept.kind === 'connected') await leaveOthers(parts, accountId, kept.connection)
  return await answerConnecting(parts, context, kept)
}

/** An account is in a workspace one way: its own connection takes the place of a seat. */
async function leaveOthers(
  { connections, seats }: RouteParts,
  accountId: AccountId,
  { connectionId, workspaceId }: Pick<Connection, 'connectionId' | 'workspaceId'>,
): Promise<void> {
  for (const one of await connections.list(accountId)) {
    const isOther = one.workspaceId === workspaceId && one.connectionId !== connectionId
    if (isOther && one.role === 'seat') {
      await seats.leave({ accountId, connectionId: one.connectionId })
    }
  }
}

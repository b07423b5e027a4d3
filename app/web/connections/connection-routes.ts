// The list of connections, one connection, and what its owner does with it.
import { asConnectionId } from '../../support/ids.ts'
import { paths } from '../addresses.ts'
import { signedIn } from '../pages.ts'
import { Problem } from '../problem.ts'
import { readForm } from '../read-form.ts'
import { valueInPath } from '../request-path.ts'
import type { Route } from '../routes.ts'
import { leaveToast } from '../toast-cookie.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import { detailsOf } from './connection-details.ts'
import { askedToDisconnect, renderConnections } from './connections-page.ts'
import { disconnectFromForm } from './disconnect.ts'
import { connectionPage } from './views/connection.ts'

export const connectionRoutes: readonly Route[] = [
  ['GET', paths.connections, showConnections],
  ['GET', paths.connection, showConnection],
  ['POST', paths.disconnection, disconnectFromForm],
  ['POST', paths.sending, sendNow],
]

async function showConnections(parts: RouteParts, context: WebContext): Promise<Response> {
  return context.html(await renderConnections(parts, context, signedIn(context)))
}

async function showConnection(parts: RouteParts, context: WebContext): Promise<Response> {
  const session = signedIn(context)
  const asked = valueInPath(context, 'connectionId')
  const connections = await parts.sync.listConnections(session.accountId)
  const connection = connections.find(({ connectionId }) => connectionId === asked)
  if (connection === undefined) throw new Problem({ kind: 'not-found' })
  const page = connectionPage({
    frame: await parts.pages.appFrame(context, session, { connections }),
    connection: await detailsOf(parts, connection),
    asksFor: await askedToDisconnect(parts, session),
  })
  return context.html(page)
}

/** Only the owner disconnects, and sends what is waiting first; it may include the changes of colleagues. */
async function sendNow(parts: RouteParts, context: WebContext): Promise<Response> {
  const { accountId } = signedIn(context)
  await readForm(context, {})
  const connectionId = asConnectionId(valueInPath(context, 'connectionId'))
  const connection = await parts.connections.find({ accountId, connectionId })
  if (connection?.role !== 'owner') throw new Problem({ kind: 'not-found' })
  await parts.changes.makeDue(connectionId)
  leaveToast(parts.cookies, context, { kind: 'sent-again' })
  return context.redirect(paths.connections, 303)
}

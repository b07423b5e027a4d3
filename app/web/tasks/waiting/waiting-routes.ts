// GET /changes: the changes that Attio does not have yet.
import { paths } from '../../addresses.ts'
import { signedIn } from '../../pages.ts'
import type { Route } from '../../routes.ts'
import type { RouteParts, WebContext } from '../../web-parts.ts'
import { mostWaitingShown, waitingPage } from './waiting-page.ts'

export const waitingRoutes: readonly Route[] = [['GET', paths.changes, showWaiting]]

async function showWaiting(
  { changes, pages, sync }: RouteParts,
  context: WebContext,
): Promise<Response> {
  const session = signedIn(context)
  const connections = await sync.listConnections(session.accountId)
  const [frame, waiting] = await Promise.all([
    pages.appFrame(context, session, { connections }),
    // One more tells that there are more.
    changes.listWaiting(session.accountId, mostWaitingShown + 1),
  ])
  const disconnected = new Set(
    connections.flatMap((one) => (one.status === 'needs-reconnect' ? [one.connectionId] : [])),
  )
  return context.html(
    waitingPage({
      frame,
      changes: waiting.map((change) => ({
        ...change,
        waits: disconnected.has(change.connectionId) ? { kind: 'reconnect' } : change.waits,
      })),
    }),
  )
}

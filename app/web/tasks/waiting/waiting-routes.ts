// GET /changes: the changes that Attio does not have yet.
import { Hono } from 'hono'
import { paths } from '../../addresses.ts'
import { signedIn } from '../../pages.ts'
import type { RouteParts, WebEnv } from '../../web-parts.ts'
import { mostWaitingShown, waitingPage } from './waiting-page.ts'

export function waitingRoutes({ changes, pages, sync }: RouteParts) {
  return new Hono<WebEnv>().get(paths.changes, async (context) => {
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
  })
}

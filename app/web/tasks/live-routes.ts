// The event stream of an open page (Server-Sent Events, HTML §9.2). Its only event is "changed", upon which the page
// refetches itself. A page sends its version or its last event ID, and gets an event at once when it is outdated.
import { Hono } from 'hono'
import { queryValue } from '../read-query.ts'
import { streamSSE } from 'hono/streaming'
import { paths } from '../addresses.ts'
import { signedIn } from '../pages.ts'
import { sessionCookie } from '../cookies.ts'
import { versionOf } from '../../live/live.ts'
import type { RouteParts, WebEnv } from '../web-parts.ts'
import { lookAgainWhenStale } from './sync-when-stale.ts'

/** How often the stream sends a comment, to keep proxies from closing it, and checks that the session still works. */
const beatEveryMs = 10_000
/** How often an open page counts as viewed. */
const lookEveryMs = 60_000

export function liveRoutes(parts: RouteParts) {
  const { accounts, clock, cookies, live, logger } = parts
  return new Hono<WebEnv>().get(paths.live, (context) => {
    const session = signedIn(context)
    const { accountId } = session
    const cookie = cookies.read(context, sessionCookie) ?? ''
    const heardLast = context.req.header('last-event-id') ?? queryValue(context, 'asOf')
    // A HEAD request would never read the stream or end it.
    if (context.req.method === 'HEAD') return context.body(null)
    context.header('x-accel-buffering', 'no')
    const answer = streamSSE(context, async (stream) => {
      const ending = new AbortController()
      stream.onAbort(() => ending.abort())
      let told = heardLast ?? versionOf(session.sees)
      // Told once of each version: the revisions in the database say whether the page is outdated, on every node.
      const tell = async (): Promise<void> => {
        const current = await accounts.findSession(cookie)
        if (current === undefined) return ending.abort()
        const version = versionOf(current.sees)
        if (version === told || ending.signal.aborted) return
        told = version
        await stream.writeSSE({ event: 'changed', data: '', id: version })
      }
      const follow = async (): Promise<void> => {
        const connections = await parts.sync.listConnections(accountId)
        const topics = [accountId, ...connections.map(({ connectionId }) => connectionId)]
        stopListening()
        if (ending.signal.aborted) return
        stopListening = live.listen(accountId, topics, (what) => {
          if (what === 'stopped') return ending.abort()
          tell().catch(fail)
          // A seat may have begun or ended, so that the page shows other connections.
          if (what.changed === accountId) follow().catch(fail)
        })
      }
      const fail = (error: unknown): void => {
        if (!ending.signal.aborted) logger.error('web.stream-failed', { error })
      }
      let stopListening = (): void => {}
      try {
        await follow()
        await tell()
        for (let openMs = 0; !ending.signal.aborted; openMs += beatEveryMs) {
          if (openMs > 0 && openMs % lookEveryMs === 0) {
            lookAgainWhenStale(parts, await parts.sync.listConnections(accountId))
          }
          await stream.write(': beat\n\n')
          await clock.wait(beatEveryMs, ending.signal)
          if ((await accounts.findSession(cookie)) === undefined) return
        }
      } catch (error) {
        fail(error)
      } finally {
        stopListening()
      }
    })
    answer.headers.set('cache-control', 'no-store')
    return answer
  })
}

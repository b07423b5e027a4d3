// The event stream of an open page (Server-Sent Events, HTML §9.2). Its only event is "changed", upon which the page
// refetches itself. A page sends its version or its last event ID, and gets an event at once when it is outdated.
import { streamSSE } from 'hono/streaming'
import { versionOf } from '../../live/live.ts'
import { paths } from '../addresses.ts'
import { sessionCookie } from '../cookies.ts'
import { queryValue } from '../read-query.ts'
import type { Route } from '../routes.ts'
import type { RouteParts, WebContext } from '../web-parts.ts'
import { tellOfChanges } from './tell-of-changes.ts'

export const liveRoutes: readonly Route[] = [['GET', paths.live, streamChanges]]

function streamChanges(parts: RouteParts, context: WebContext): Response {
  const session = context.get('session')
  // A browser asks again after any other answer (HTML §9.2.3). The page's script finds that it is logged out.
  if (session === undefined) return context.body(null, 204)
  const cookie = parts.cookies.read(context, sessionCookie) ?? ''
  const heardLast = context.req.header('last-event-id') ?? queryValue(context, 'asOf')
  // A HEAD request would never read the stream or end it.
  if (context.req.method === 'HEAD') return context.body(null)
  context.header('x-accel-buffering', 'no')
  const page = { session, cookie, version: heardLast ?? versionOf(session.sees) }
  const answer = streamSSE(context, (stream) => tellOfChanges(parts, stream, page))
  answer.headers.set('cache-control', 'no-store')
  return answer
}

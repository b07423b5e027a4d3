// Logs one line per request with method, path, status and duration. It never logs a cookie, the secret in
// the address of a webhook or an invitation, or a query, since the callback's query holds a code and a state.
import { createMiddleware } from 'hono/factory'
import { paths } from '../addresses.ts'
import { forwardedIds } from './forwarded-ids.ts'
import type { WebEnv, WebParts } from '../web-parts.ts'

type LogParts = Pick<WebParts, 'clock' | 'ids' | 'logger' | 'site'>

export function requestLog({ clock, ids, logger, site }: LogParts) {
  return createMiddleware<WebEnv>(async (context, next) => {
    const startedAt = clock.now()
    const { requestId = ids(), ...trace } = forwardedIds(context.req.raw.headers, site)
    context.set('requestId', requestId)
    await next()
    // Not `context.header`, which would replace an existing response by one that streams its text.
    context.res.headers.set('x-request-id', requestId)
    logger.info('web.request', {
      requestId,
      ...trace,
      method: context.req.method,
      path: shownPath(context.req.path),
      status: context.res.status,
      ms: clock.now() - startedAt,
      accountId: context.get('session')?.accountId,
    })
  })
}

const longestPath = 200

function shownPath(path: string): string {
  if (/^\/+webhooks\//i.test(path)) return paths.webhook
  if (/^\/+join\//i.test(path)) return paths.invitationLink
  return path.slice(0, longestPath)
}

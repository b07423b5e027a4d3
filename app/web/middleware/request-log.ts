// One line per request: what was asked, how it ended, how long it took. No query and no cookie is ever in it: the
// callback's query holds a code and a state.
import { createMiddleware } from 'hono/factory'
import type { WebEnv, WebParts } from '../web-parts.ts'

export function requestLog({ clock, ids, logger }: Pick<WebParts, 'clock' | 'ids' | 'logger'>) {
  return createMiddleware<WebEnv>(async (context, next) => {
    const startedAt = clock.now()
    const requestId = ids()
    context.set('requestId', requestId)
    await next()
    context.header('x-request-id', requestId)
    logger.info('web.request', {
      requestId,
      method: context.req.method,
      path: context.req.path.slice(0, 200),
      status: context.res.status,
      ms: clock.now() - startedAt,
      accountId: context.get('session')?.accountId,
    })
  })
}

// Refuses a body that is too large before anybody reads it. Of one that says its length the server lets no more through;
// one that does not is counted while it comes.
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import type { WebEnv } from '../web-parts.ts'

export function limitBody(maxSize: number, refuse: (context: Context) => Response) {
  const count = bodyLimit({ maxSize, onError: refuse })
  return createMiddleware<WebEnv>(async (context, next) => {
    const length = context.req.header('content-length')
    const isSaid = length !== undefined && context.req.header('transfer-encoding') === undefined
    if (!isSaid) return await count(context, next)
    // Not a number is not small enough.
    if (!(Number(length) <= maxSize)) return refuse(context)
    return await next()
  })
}

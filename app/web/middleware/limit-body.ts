// Refuses too large a body. A declared length is checked before reading, and the server enforces it; a body without one
// is counted as it arrives. Hono gives no body to the handlers of GET and HEAD.
import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import type { WebEnv } from '../web-parts.ts'

export function limitBody(maxSize: number, refuse: (context: Context) => Response) {
  const count = bodyLimit({ maxSize, onError: refuse })
  return createMiddleware<WebEnv>(async (context, next) => {
    const length = context.req.header('content-length')
    const isSaid = length !== undefined && context.req.header('transfer-encoding') === undefined
    const { method } = context.req
    if (!isSaid) {
      // Counting builds a whole Request, for which a page would pay, too.
      return method === 'GET' || method === 'HEAD' ? await next() : await count(context, next)
    }
    // False also when the length is not a number.
    if (!(Number(length) <= maxSize)) return refuse(context)
    return await next()
  })
}

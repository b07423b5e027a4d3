// Allows the control API and the inspector only to callers on this machine, and to browsers only from
// this server's own pages, so that a page of another site cannot control the server.
import type { Context, MiddlewareHandler } from 'hono'
import type { Env } from '../http.ts'
import type { Parts } from '../parts.ts'
import { isSameOrigin } from './same-origin.ts'

export function guardControl({ settings }: Parts): MiddlewareHandler<Env> {
  return async (c, next) => {
    const { address } = c.env
    if (!isLoopbackCaller(address) && !settings.allowControlFrom.includes(address)) {
      const problem = `This server is steered from its own machine only, and you call from ${address}. Start it with --allow-control-from to allow more.`
      return c.json({ local_attio: problem }, 403)
    }
    if (isFromBrowser(c) && !isHarmless(c) && !isSameOrigin(c)) {
      return c.json({ local_attio: 'A page of another site may not steer this server.' }, 403)
    }
    await next()
    return undefined
  }
}

function isFromBrowser(c: Context<Env>): boolean {
  return c.req.header('sec-fetch-site') !== undefined || c.req.header('origin') !== undefined
}

/** True for a typed address or a followed link: neither changes data, and the linking page cannot read the answer. */
function isHarmless(c: Context<Env>): boolean {
  const isLink = c.req.method === 'GET' && c.req.header('sec-fetch-mode') === 'navigate'
  return isLink || c.req.header('sec-fetch-site') === 'none'
}

/** `address` is an IP address, or "in-process". */
export function isLoopbackCaller(address: string): boolean {
  return address === 'in-process' || address === '::1' || /^(::ffff:)?127\./.test(address)
}

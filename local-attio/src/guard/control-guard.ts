// Who may steer this server: callers on this machine, and of browsers only its own pages. A page from
// elsewhere can neither post here nor, by pointing its own name at this machine, read from here.
import type { Context, MiddlewareHandler } from 'hono'
import type { Env } from '../http.ts'
import { isOnThisMachine } from './loopback.ts'
import { isSameOrigin } from './same-origin.ts'
import type { Parts } from '../parts.ts'

export function guardControl({ settings }: Parts): MiddlewareHandler<Env> {
  return async (c, next) => {
    const problem =
      problemWithCaller(c.env.address) ??
      problemWithHost(c.env.address, new URL(c.req.url).hostname, settings.origin)
    if (problem !== undefined) return c.json({ local_attio: problem }, 403)
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

/** Typed by hand, or a link that was followed: it changes nothing, and whoever linked cannot read it. */
function isHarmless(c: Context<Env>): boolean {
  const isLink = c.req.method === 'GET' && c.req.header('sec-fetch-mode') === 'navigate'
  return isLink || c.req.header('sec-fetch-site') === 'none'
}

/** `address` is an IP address, or "in-process". */
export function problemWithCaller(address: string): string | undefined {
  const isHere = address === 'in-process' || address === '::1' || /^(::ffff:)?127\./.test(address)
  return isHere ? undefined : 'This server is steered from its own machine only.'
}

function problemWithHost(address: string, hostname: string, origin: string): string | undefined {
  if (address === 'in-process' || isOnThisMachine(hostname)) return undefined
  if (hostname === URL.parse(origin)?.hostname) return undefined
  return 'This server is steered under its own name only, such as localhost.'
}

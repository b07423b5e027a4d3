// Who knocks: the address that limits are counted by, and the browser's name for itself.
import type { Client } from '../accounts/accounts.ts'
import type { Site, WebContext } from './web-parts.ts'

export function clientOfRequest(context: WebContext, site: Site): Client {
  return {
    address: addressOf(context, site),
    userAgent: (context.req.header('user-agent') ?? '').slice(0, 300),
  }
}

/**
 * Each trusted proxy appends the address that it saw. Only as many entries from the right are believed as there
 * are proxies; what a client wrote itself stands further left and is ignored.
 */
function addressOf(context: WebContext, site: Site): string {
  const socket = context.env.remoteAddress ?? 'unknown'
  if (site.trustedProxies === 0) return socket
  const forwarded = (context.req.header('x-forwarded-for') ?? '')
    .split(',')
    .map((entry) => entry.trim())
  return forwarded.at(-site.trustedProxies) || socket
}

// Reads the client of a request: the address for rate limits, and the user agent.
import type { Client } from '../accounts/accounts.ts'
import type { Site, WebContext } from './web-parts.ts'

export function clientOfRequest(context: WebContext, site: Site): Client {
  return {
    address: addressOf(context, site),
    userAgent: (context.req.header('user-agent') ?? '').slice(0, 300),
  }
}

/**
 * Returns the address that the outermost trusted proxy saw. Each proxy appends one entry on the right; entries further
 * left were written by the client and are ignored.
 */
function addressOf(context: WebContext, site: Site): string {
  const socket = context.env.remoteAddress ?? 'unknown'
  if (site.trustedProxies === 0) return socket
  const forwarded = (context.req.header('x-forwarded-for') ?? '')
    .split(',')
    .map((entry) => entry.trim())
  return forwarded.at(-site.trustedProxies) || socket
}

// Returns true for a form posted by one of this server's own pages.
import type { Context } from 'hono'
import type { Env } from '../http.ts'

/** `Sec-Fetch-Site` where the browser sends it, otherwise `Origin`; without both, no. */
export function isSameOrigin(c: Context<Env>): boolean {
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin'
  return c.req.header('origin') === new URL(c.req.url).origin
}

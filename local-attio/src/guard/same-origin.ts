// Returns true for a form posted by one of this server's own pages.
import type { Context } from 'hono'
import type { Env } from '../http.ts'

/** Checks `Sec-Fetch-Site` when the browser sends it, otherwise `Origin`; false without both. */
export function isSameOrigin(c: Context<Env>): boolean {
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined) return site === 'same-origin'
  return c.req.header('origin') === new URL(c.req.url).origin
}

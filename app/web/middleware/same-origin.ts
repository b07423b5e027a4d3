// Refuses unsafe requests that do not come from Taskr's own pages. A stricter form of Go's CrossOriginProtection:
// Sec-Fetch-Site decides when present, otherwise Origin must equal Taskr's origin, and a request with neither is
// refused.
import { createMiddleware } from 'hono/factory'
import { Problem } from '../problem.ts'
import type { Site, WebEnv } from '../web-parts.ts'

const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

export function sameOrigin(site: Site) {
  return createMiddleware<WebEnv>(async ({ req }, next) => {
    const fetchSite = req.header('sec-fetch-site')
    const origin = req.header('origin')
    const ours =
      fetchSite === undefined
        ? origin === site.publicUrl.origin
        : fetchSite === 'same-origin' || (fetchSite === 'none' && isOurs(origin, site))
    if (!safeMethods.has(req.method) && !ours) throw new Problem({ kind: 'cross-site' })
    await next()
  })
}

/** True when the person typed or reloaded the address: no other page is involved, unless an Origin says so. */
function isOurs(origin: string | undefined, site: Site): boolean {
  return origin === undefined || origin === site.publicUrl.origin
}

// On a local machine, answers only requests for the machine's own names, so that another site cannot reach Taskr by DNS
// rebinding. Redirects between 127.0.0.1 and localhost to the host of the cookies and the redirect URI, and refuses a form
// there. Behind a proxy, the proxy checks hosts.
import { createMiddleware } from 'hono/factory'
import { isLoopback } from '../../support/loopback.ts'
import { Problem } from '../problem.ts'
import type { Site, WebEnv } from '../web-parts.ts'

export function hostRule({ publicUrl }: Pick<Site, 'publicUrl'>) {
  const isLocal = isLoopback(publicUrl.hostname)
  return createMiddleware<WebEnv>(async ({ req, redirect }, next) => {
    if (!isLocal) return await next()
    const url = new URL(req.url)
    if (!isLoopback(url.hostname)) throw new Problem({ kind: 'wrong-host' })
    if (url.hostname === publicUrl.hostname) return await next()
    // A form would act without the session, whose cookie belongs to the public host.
    const isPage = req.method === 'GET' || req.method === 'HEAD'
    if (!isPage) throw new Problem({ kind: 'wrong-host' })
    // Not resolved against the public URL: `//evil.example` would be another host.
    return redirect(publicUrl.origin + url.pathname + url.search, 307)
  })
}

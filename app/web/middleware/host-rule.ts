// On one's own machine: answers requests for this machine's names only, so that a page of another site cannot reach
// Taskr by a name that it points here (DNS rebinding), and sends 127.0.0.1 to localhost or the other way round, where
// the cookies and the redirect URI are. Behind a proxy, hosts are the proxy's to check.
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
    const isPage = req.method === 'GET' || req.method === 'HEAD'
    if (url.hostname === publicUrl.hostname || !isPage) return await next()
    return redirect(new URL(url.pathname + url.search, publicUrl).href, 307)
  })
}

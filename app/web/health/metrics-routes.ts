// Figures for Prometheus, for the holder of TASKR_METRICS_TOKEN alone (RFC 6750 §2.1).
import { Hono } from 'hono'
import { areSameHash, sha256Base64Url } from '../../support/hash.ts'
import { paths } from '../addresses.ts'
import type { WebEnv, WebParts } from '../web-parts.ts'

/** Without a token there is no such address. */
export function metricsRoutes({ metrics }: Pick<WebParts, 'metrics'>) {
  const app = new Hono<WebEnv>()
  if (metrics === undefined) return app
  const expected = sha256Base64Url(metrics.token.reveal())
  return app.get(paths.metrics, async (context) => {
    const [, given = ''] = /^Bearer +(\S+)$/i.exec(context.req.header('authorization') ?? '') ?? []
    if (!areSameHash(sha256Base64Url(given), expected)) {
      context.header('www-authenticate', 'Bearer')
      return context.text('TASKR_METRICS_TOKEN is needed\n', 401)
    }
    context.header('content-type', metrics.contentType)
    return context.body(await metrics.read())
  })
}

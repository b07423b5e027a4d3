// Receives Attio's webhook deliveries. These have no session, same-origin check or page; only the signature counts.
import { Hono } from 'hono'
import type { Receipt } from '../../webhooks/webhooks.ts'
import { paths } from '../addresses.ts'
import { limitBody } from '../middleware/limit-body.ts'
import type { WebEnv, WebParts } from '../web-parts.ts'

/** The largest accepted body; a delivery contains only a few ids. */
const largestDelivery = 64 * 1024

/** Attio resends a delivery that is not answered with 2xx within five seconds. */
const statuses = {
  stored: 202,
  repeated: 202,
  'unknown-key': 404,
  'wrong-signature': 401,
  later: 503,
  'no-room': 503,
} as const satisfies Record<Receipt['kind'], number>

export function webhookRoutes({ webhooks }: Pick<WebParts, 'webhooks'>) {
  const routes = new Hono<WebEnv>()
  const limit = limitBody(largestDelivery, (context) => context.body(null, 413))
  routes.post(paths.webhook, limit, async (context) => {
    const { req } = context
    const receipt = await webhooks.receive({
      key: req.param('key'),
      body: new Uint8Array(await req.arrayBuffer()),
      signature: req.header('attio-signature'),
      idempotencyKey: req.header('idempotency-key'),
    })
    return context.body(null, statuses[receipt])
  })
  return routes
}

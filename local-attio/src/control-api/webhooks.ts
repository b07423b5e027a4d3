// /_control/…/webhooks and deliveries: webhooks as the dashboard creates them, and their deliveries.
import type { Context, Hono } from 'hono'
import { z } from 'zod'
import { getWorkspace } from '../control/acting-member.ts'
import type { Env } from '../http.ts'
import type { Parts } from '../parts.ts'
import type { DeliveryQuery } from '../webhooks/delivery.ts'
import { subscribableEventTypes } from '../webhooks/event-types.ts'
import { subscription } from '../world/webhooks.ts'
import { answerOrRefuse, readJson, refuse } from './json.ts'

const newWebhook = z.strictObject({
  targetUrl: z.string(),
  subscriptions: z.array(
    subscription.extend({
      eventType: z.enum(subscribableEventTypes),
      filter: subscription.shape.filter.default(null),
    }),
  ),
})
const testEvent = z.strictObject({ eventType: z.enum(subscribableEventTypes) })
const settings = z.strictObject({
  deadlineMs: z.number().min(0).exactOptional(),
  perSecond: z.int().min(1).exactOptional(),
})
const statuses = z.enum(['waiting', 'delivered', 'failed', 'dropped'])

export function addWebhookRoutes({ world, webhooks }: Parts, routes: Hono<Env>): void {
  const path = '/_control/workspaces/:workspace/webhooks'

  routes.get(path, (c) =>
    answerOrRefuse(c, () => ({
      webhooks: webhooks.list(getWorkspace(world, c.req.param('workspace')).id),
    })),
  )

  routes.post(path, async (c) => {
    const read = await readJson(c, newWebhook)
    if (read.kind === 'refused') return read.answer
    return answerOrRefuse(
      c,
      () => {
        const workspaceId = getWorkspace(world, c.req.param('workspace')).id
        const outcome = webhooks.create({ workspaceId, ...read.body })
        if (outcome.kind === 'done') return outcome.webhook
        throw new Error(problems[outcome.kind])
      },
      201,
    )
  })

  // Resolves when every delivery that is due has arrived or failed.
  routes.post('/_control/webhooks/settle', async (c) => {
    await webhooks.settle()
    return c.body(null, 204)
  })

  routes.post('/_control/webhooks/:webhook/test-events', async (c) => {
    const read = await readJson(c, testEvent)
    if (read.kind === 'refused') return read.answer
    const delivery = webhooks.sendTestEvent(c.req.param('webhook'), read.body.eventType)
    return delivery ? c.json(delivery, 201) : refuse(c, 'There is no active webhook with this id.')
  })

  routes.get('/_control/webhook-settings', (c) => c.json(webhooks.settings))

  routes.put('/_control/webhook-settings', async (c) => {
    const read = await readJson(c, settings)
    if (read.kind === 'refused') return read.answer
    return c.json(Object.assign(webhooks.settings, read.body))
  })

  routes.get('/_control/deliveries', (c) => c.json({ deliveries: webhooks.deliveries(queryOf(c)) }))
}

const problems = {
  'bad-target': 'A target is https, or http on this machine.',
  conflict: 'There is a subscription with this target, event type and filter already.',
}

function queryOf(c: Context<Env>): DeliveryQuery {
  const { webhookId, eventType } = c.req.query()
  const status = statuses.safeParse(c.req.query('status')).data
  return {
    ...(webhookId !== undefined && { webhookId }),
    ...(eventType !== undefined && { eventType }),
    ...(status !== undefined && { status }),
  }
}

// The Webhooks tab: the dashboard's webhooks of every workspace in which the person is an admin.
import type { Hono } from 'hono'
import type { Env } from '../http.ts'
import type { Problem } from '../pages/fields.ts'
import type { Parts } from '../parts.ts'
import { deleteWebhook } from '../webhooks/webhooks.ts'
import type { Person } from '../world/access.ts'
import type { Webhook } from '../world/webhooks.ts'
import { administeredBy } from '../people/visible-apps.ts'
import { appAddress } from './addresses.ts'
import { forApp, forAppForm, sendAppPage, type AppVisit } from './app-pages.ts'
import { saying } from './notices.ts'
import {
  isSubscribable,
  problemsWithWebhook,
  readWebhookForm,
  type WebhookForm,
} from './webhook-form.ts'
import { webhooksTab } from './views/webhooks.ts'

export function addWebhookRoutes(parts: Parts, pages: Hono<Env>): void {
  const { world } = parts
  const here = `${appAddress(':appId')}/webhooks`

  const tab = (
    { app, person }: AppVisit,
    refused?: { readonly form: WebhookForm; readonly problems: readonly Problem[] },
  ) =>
    webhooksTab({
      world,
      app,
      workspaces: administeredBy(world, person),
      webhooks: webhooksOf(parts, person),
      deliveriesOf: (webhookId) => parts.webhooks.deliveries({ webhookId }),
      ...(refused && { refused }),
    })

  pages.get(
    here,
    forApp(parts, (visit) => sendAppPage(parts, visit, { tab: 'webhooks', content: tab(visit) })),
  )

  pages.post(
    here,
    forAppForm(parts, (visit) => {
      const form = readWebhookForm(visit.form)
      const { workspaceId, targetUrl, eventTypes } = form
      const refuse = (problems: readonly Problem[]): Promise<Response> =>
        sendAppPage(parts, visit, {
          tab: 'webhooks',
          content: tab(visit, { form, problems }),
          isRefused: true,
        })
      const workspaceIds = administeredBy(world, visit.person).map(({ id }) => id)
      const problems = problemsWithWebhook(form, workspaceIds)
      if (problems.length > 0) return refuse(problems)
      const subscriptions = eventTypes.map((eventType) => ({ eventType, filter: null }))
      const { kind } = parts.webhooks.create({ workspaceId, targetUrl, subscriptions })
      if (kind !== 'done') return refuse([{ field: 'target_url', message: conflict }])
      return visit.c.redirect(saying(appAddress(visit.app.id, 'webhooks'), 'webhook-created'), 303)
    }),
  )

  pages.post(
    `${here}/:webhookId/deletion`,
    forAppForm(parts, ({ c, app, person }) => {
      const id = c.req.param('webhookId')
      const webhook = webhooksOf(parts, person).find((one) => one.id === id)
      if (webhook) deleteWebhook(world, webhook)
      return c.redirect(saying(appAddress(app.id, 'webhooks'), 'webhook-deleted'), 303)
    }),
  )

  pages.post(
    `${here}/:webhookId/test-event`,
    forAppForm(parts, ({ c, app, person, form }) => {
      const id = c.req.param('webhookId')
      const webhook = webhooksOf(parts, person).find((one) => one.id === id)
      const eventType = form.get('event') ?? ''
      const sent =
        webhook && isSubscribable(eventType)
          ? parts.webhooks.sendTestEvent(webhook.id, eventType)
          : undefined
      const notice = sent ? 'test-event-sent' : 'test-event-refused'
      return c.redirect(saying(appAddress(app.id, 'webhooks'), notice), 303)
    }),
  )
}

const conflict =
  'One of these events goes to this address already. Uncheck it, or change the address.'

function webhooksOf({ world, webhooks }: Parts, person: Person): Webhook[] {
  return administeredBy(world, person).flatMap(({ id }) => webhooks.list(id))
}

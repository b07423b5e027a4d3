// Webhooks over the API: list, create, get, update, delete.
import type { Webhook } from '../../world/webhooks.ts'
import {
  createWebhook,
  deleteWebhook,
  updateWebhook,
  type WebhookOutcome,
} from '../../webhooks/webhooks.ts'
import { z } from 'zod'
import type { Call, Handler } from '../requests/call.ts'
import { conflict, notFound } from '../requests/errors.ts'
import { page, pageOfQuery } from '../requests/pagination.ts'
import { readBody, readQuery, readUuid } from '../requests/validation.ts'
import { newWebhook, webhookChanges } from './body.ts'
import { renderWebhook } from './render.ts'

const listQuery = z.object(pageOfQuery({ byDefault: 10, most: 100, least: 10 }))

/** Lists all webhooks of the workspace, other apps' included, as the reference says. */
export const listWebhooks: Handler = (call) => {
  const wanted = readQuery(call, listQuery)
  return { data: page(call.world.webhooksOf(call.workspaceId), wanted).map(renderWebhook) }
}

export const postWebhook: Handler = (call) => {
  const { data } = readBody(call, newWebhook)
  const webhook = done(createWebhook(call, { appId: call.token.appId, ...data }))
  return { data: { ...renderWebhook(webhook), secret: webhook.secret } }
}

export const getWebhook: Handler = (call) => ({ data: renderWebhook(webhookOfPath(call)) })

export const patchWebhook: Handler = (call) => {
  const webhook = webhookOfPath(call)
  const { data } = readBody(call, webhookChanges)
  return { data: renderWebhook(done(updateWebhook(call.world, webhook, data))) }
}

export const removeWebhook: Handler = (call) => {
  deleteWebhook(
    call.world,
    webhookOfPath(call, () => 'Webhook not found'),
  )
  return {}
}

function webhookOfPath(
  call: Call,
  message = (id: string) => `Webhook with ID "${id}" was not found.`,
): Webhook {
  const id = readUuid(call, 'webhook_id')
  const webhook = call.world.webhooks.get(id)
  if (webhook?.workspaceId !== call.workspaceId) {
    throw notFound(message(id))
  }
  return webhook
}

function done(outcome: WebhookOutcome): Webhook {
  if (outcome.kind === 'done') return outcome.webhook
  throw conflict(
    'uniqueness_conflict',
    'Each subscription must have a unique combination of target URL, event type and filter.',
  )
}

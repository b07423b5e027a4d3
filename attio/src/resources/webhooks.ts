// Webhooks, by which Attio reports changes. Needs a token of level `workspace`.
// Source: docs.attio.com/rest-api/endpoint-reference/webhooks
import { readItems } from './paging.ts'
import type { Send } from '../sending/send.ts'
import { dataAbout, dataOf, listOf, nothing } from '../wire/envelope.ts'
import {
  type CreatedWebhook,
  createdWebhookSchema,
  subscriptionBody,
  type Webhook,
  webhookSchema,
  type WebhookSubscription,
} from '../wire/webhook.ts'

export interface NewWebhook {
  /** https only. */
  readonly targetUrl: string
  readonly subscriptions: readonly WebhookSubscription[]
}

export interface Webhooks {
  /** Lists every webhook of the workspace that this app created. Needs `webhook:read`. */
  list(): Promise<readonly Webhook[]>
  get(webhookId: string): Promise<Webhook>
  /**
   * Creates a webhook. Store the answer's `secret`: Attio does not show it again. Sent at most once.
   * Throws AttioApiError with status 409 when the same target, event and filter already exist. Needs
   * `webhook:read-write`.
   *
   * @example
   * const { id, secret } = await client.webhooks.create({
   *   targetUrl: 'https://example.com/webhooks/attio',
   *   subscriptions: [{ eventType: 'task.created' }, { eventType: 'task.updated' }],
   * })
   */
  create(webhook: NewWebhook): Promise<CreatedWebhook>
  /** Updates a webhook. Subscriptions replace the whole set. */
  update(webhookId: string, change: Partial<NewWebhook>): Promise<Webhook>
  delete(webhookId: string): Promise<void>
}

/** Attio's own maximum for this list. */
const pageSize = 100

export function createWebhooks(send: Send): Webhooks {
  const path = ['v2', 'webhooks']
  return {
    async list() {
      const webhooks: Webhook[] = []
      const all = readItems({
        pageSize,
        read: async (query) => {
          const answer = listOf(webhookSchema)
          return (await send({ method: 'GET', path, query: { ...query }, answer })).body
        },
        itemsOf: (page: readonly Webhook[]) => page,
        idOf: (webhook) => webhook.id,
      })
      for await (const webhook of all) webhooks.push(webhook)
      return webhooks
    },
    async get(webhookId) {
      const answer = dataAbout(webhookSchema, webhookId)
      return (await send({ method: 'GET', path: [...path, webhookId], answer })).body
    },
    async create(webhook) {
      const answer = dataOf(createdWebhookSchema)
      return (await send({ method: 'POST', path, body: webhookBody(webhook), answer })).body
    },
    async update(webhookId, change) {
      const answer = dataAbout(webhookSchema, webhookId)
      const body = webhookBody(change)
      return (await send({ method: 'PATCH', path: [...path, webhookId], body, answer })).body
    },
    async delete(webhookId) {
      await send({
        method: 'DELETE',
        path: [...path, webhookId],
        answer: nothing,
        deletes: { kind: 'webhook', id: webhookId },
      })
    },
  }
}

function webhookBody({ targetUrl, subscriptions }: Partial<NewWebhook>): unknown {
  return {
    data: { target_url: targetUrl, subscriptions: subscriptions?.map(subscriptionBody) },
  }
}

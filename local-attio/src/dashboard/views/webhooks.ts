// The Webhooks tab: each webhook with its secret, events and latest deliveries, and a form for a new one.
import { html } from 'hono/html'
import { copyField, field, select, type Problem } from '../../pages/fields.ts'
import type { Html } from '../../pages/layout.ts'
import { subscribableEventTypes } from '../../webhooks/event-types.ts'
import type { App, Workspace } from '../../world/access.ts'
import type { Delivery, Webhook } from '../../world/webhooks.ts'
import type { World } from '../../world/world.ts'
import { appAddress } from '../addresses.ts'
import type { WebhookForm } from '../webhook-form.ts'
import { deliveryList } from './deliveries.ts'

export type WebhooksTab = {
  readonly world: World
  readonly app: App
  /** The workspaces in which the person is an admin. */
  readonly workspaces: readonly Workspace[]
  readonly webhooks: readonly Webhook[]
  /** Oldest first. */
  readonly deliveriesOf: (webhookId: string) => readonly Delivery[]
  readonly refused?: { readonly form: WebhookForm; readonly problems: readonly Problem[] }
}

export function webhooksTab(tab: WebhooksTab): Html {
  const { webhooks } = tab
  return html`<section class="panel" aria-labelledby="webhooks">
      <h2 id="webhooks">Webhooks</h2>
      <p>
        A webhook belongs to a workspace, so all your apps show the same ones. Those that a program
        made with an access token are not shown, as in Attio.
      </p>
      ${
        webhooks.length === 0
          ? html`<p class="empty">No webhooks yet.</p>`
          : webhooks.map((webhook) => webhookItem(tab, webhook))
      }
    </section>
    ${newWebhook(tab)}`
}

function webhookItem({ world, app, deliveriesOf }: WebhooksTab, webhook: Webhook): Html {
  const { id, targetUrl, status, subscriptions } = webhook
  const here = `${appAddress(app.id, 'webhooks')}/${id}`
  return html`<article class="webhook" aria-labelledby="webhook-${id}">
    <header class="head">
      <h3 id="webhook-${id}"><code>${targetUrl}</code></h3>
      <span class="badge" data-kind="${status === 'active' ? 'good' : 'bad'}">${status}</span>
      <span class="badge">${world.workspaces.get(webhook.workspaceId)?.name ?? ''}</span>
    </header>
    <p class="hint">${subscriptions.map(({ eventType }) => eventType).join(', ')}</p>
    ${copyField({ id: `secret-${id}`, label: 'Secret', value: webhook.secret })}
    ${deliveryList(deliveriesOf(id))}
    <div class="line">
      <form class="line" method="post" action="${here}/test-event">
        ${select({
          id: `event-${id}`,
          name: 'event',
          label: 'Event',
          choices: subscriptions.map(({ eventType }) => ({ value: eventType, label: eventType })),
        })}
        <button type="submit">Send test event</button>
      </form>
      <details class="disclosure danger">
        <summary>Delete webhook</summary>
        <form method="post" action="${here}/deletion">
          <button class="danger" type="submit">Yes, delete the webhook to ${targetUrl}</button>
        </form>
      </details>
    </div>
  </article>`
}

function newWebhook({ app, workspaces, refused }: WebhooksTab): Html {
  const problems = refused?.problems ?? []
  return html`<section class="panel" aria-labelledby="new-webhook">
    <h2 id="new-webhook">New webhook</h2>
    ${
      workspaces.length === 0
        ? html`<p>Only an admin of a workspace can make webhooks for it, and you are none.</p>`
        : html`<form class="stack wide" method="post" action="${appAddress(app.id, 'webhooks')}">
            ${select(
              {
                name: 'workspace',
                label: 'Workspace',
                value: refused?.form.workspaceId,
                choices: workspaces.map(({ id, name }) => ({ value: id, label: name })),
              },
              problems,
            )}
            ${field(
              {
                name: 'target_url',
                label: 'Target URL',
                value: refused?.form.targetUrl,
                hint: 'Where the events are posted to: https, or http on this machine.',
                more: html`inputmode="url" spellcheck="false"`,
              },
              problems,
            )}
            ${eventBoxes(refused?.form.eventTypes ?? taskEvents, problems)}
            <button class="primary" type="submit">Create webhook</button>
          </form>`
    }
  </section>`
}

const taskEvents = ['task.created', 'task.updated', 'task.deleted']

function eventBoxes(chosen: readonly string[], problems: readonly Problem[]): Html {
  const problem = problems.find((one) => one.field === 'events')
  const others = subscribableEventTypes.filter((type) => !taskEvents.includes(type))
  const isOpen = others.some((type) => chosen.includes(type))
  return html`<fieldset class="field" ${problem ? html`aria-describedby="events-problem"` : ''}>
    <legend>Events</legend>
    ${problem ? html`<p class="message" id="events-problem" role="alert">${problem.message}</p>` : ''}
    ${boxes(taskEvents, chosen)}
    <details class="more" ${isOpen ? 'open' : ''}>
      <summary>${others.length} other events</summary>
      ${boxes(others, chosen)}
    </details>
  </fieldset>`
}

function boxes(types: readonly string[], chosen: readonly string[]): Html {
  return html`<div class="boxes">
    ${types.map(
      (type) =>
        html`<label class="box"
          ><input
            type="checkbox"
            name="events[]"
            value="${type}"
            ${chosen.includes(type) ? 'checked' : ''}
          />${type}</label
        >`,
    )}
  </div>`
}

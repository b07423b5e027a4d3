// The audit log: the events of this account, newest first.
import { eventsAddress, paths } from '../../addresses.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { appPage } from '../../ui/layout.ts'
import { moment } from '../../ui/moment.ts'
import { pager, type PagePosition } from '../../ui/pager.ts'
import { browserInWords } from '../../../support/browser-in-words.ts'
import { counted } from '../../ui/words.ts'
import { eventInWords } from './event-in-words.ts'

export type EventsPage = {
  readonly frame: AppFrame
  readonly events: readonly EventRow[]
  readonly position: PagePosition
}

export type EventRow = {
  readonly eventId: string
  readonly kind: string
  readonly at: number
  readonly workspaceName?: string | undefined
  /** short facts, such as an address or a browser; never a secret */
  readonly details: Readonly<Record<string, string>>
}

export function eventsPage({ frame, events, position }: EventsPage): Html {
  return appPage(frame, {
    title: 'Events',
    current: { kind: 'events' },
    body: html`<header class="view">
        <h1>Events</h1>
        <a class="back" href="${paths.settings}">Settings</a>
      </header>
      <p class="intro">
        What happened in this account. If something here wasn't you, change your password.
      </p>
      ${
        events.length === 0
          ? html`<p class="empty">No activity yet.</p>`
          : html`<ol class="events">
              ${events.map((event) => eventItem(event, frame))}
            </ol>`
      }
      ${pager(position, (page) => eventsAddress({ page }), 'Events')}`,
  })
}

function eventItem(event: EventRow, frame: AppFrame): Html {
  const reader = { now: frame.now, timeZone: frame.account.timeZone }
  const details = Object.entries(event.details)
  return html`<li>
    <p>
      ${eventInWords(event.kind)}
      ${event.workspaceName === undefined ? '' : html`<strong><bdi>${event.workspaceName}</bdi></strong>`}
    </p>
    ${
      details.length === 0
        ? ''
        : html`<p class="detail">${details.map(([name, value]) => detail(name, value))}</p>`
    }
    <span class="when">${moment(event.at, reader)}</span>
  </li>`
}

/** Why a seat ended. */
const reasons: ReadonlyMap<string, string> = new Map([
  ['removed', 'the owner removed it'],
  ['left', 'they left'],
  ['suspended', 'Attio no longer counts them as active'],
  ['disconnected', 'the workspace was disconnected'],
])

function detail(name: string, value: string): Html {
  switch (name) {
    case 'address':
      return html`<span>from <bdi>${value}</bdi></span>`
    case 'browser':
      return html`<span title="${value}">with <bdi>${browserInWords(value)}</bdi></span>`
    case 'why':
      return html`<span>because ${reasons.get(value) ?? value}</span>`
    case 'unsent':
      return value === '0'
        ? html``
        : html`<span>${counted(Number(value), 'change')} not sent</span>`
    default:
      return html`<span>${name} <bdi>${value}</bdi></span>`
  }
}

// The operators' audit log, newest first.
import type { OperatorEventKind } from '../../../accounts/accounts.ts'
import { operatorListAddress, paths } from '../../addresses.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { moment } from '../../ui/moment.ts'
import { nextPage, operatorPage } from './operator-page.ts'

export type OperatorEventRow = {
  readonly at: number
  readonly kind: string
  /** undefined when the command on the server did it */
  readonly operatorId: string | undefined
  readonly operatorName: string | undefined
  readonly accountId: string | undefined
  readonly accountName: string | undefined
}

export type OperatorEventsPage = {
  readonly frame: AppFrame
  readonly events: readonly OperatorEventRow[]
  /** the last event, when there are more */
  readonly next: string | undefined
}

const inWords: ReadonlyMap<string, string> = new Map(
  Object.entries({
    locked: 'Locked',
    unlocked: 'Unlocked',
    'sessions-ended': 'Logged out everywhere:',
    'reset-link-mailed': 'Mailed a reset link to',
    'reset-link-made': 'Made a reset link for',
    'made-operator': 'Made operator:',
    'unmade-operator': 'Removed as operator:',
    'second-factor-removed': 'Turned off two-step verification of',
    'sign-up-link-made': 'Made a sign-up link',
    'sign-up-link-mailed': 'Mailed a sign-up link',
  } satisfies Record<OperatorEventKind, string>),
)

export function operatorEventsPage({ events, frame, next }: OperatorEventsPage): Html {
  const after = next && operatorListAddress(paths.operatorEvents, { after: next })
  return operatorPage(frame, {
    title: 'Operators’ log',
    heading: 'Log',
    current: 'events',
    body: html`<p class="intro">What operators did here. Kept for a year.</p>
      ${
        events.length === 0
          ? html`<p class="empty">Nothing yet.</p>`
          : html`<ol class="events">
              ${events.map((event) => eventItem(event, frame))}
            </ol>`
      }
      ${nextPage(after, 'Log')}`,
  })
}

function eventItem(event: OperatorEventRow, frame: AppFrame): Html {
  const reader = { now: frame.now, timeZone: frame.account.timeZone }
  const { accountId, accountName, at, kind, operatorId, operatorName } = event
  return html`<li>
    <p>
      ${inWords.get(kind) ?? kind}
      ${accountId === undefined ? '' : html`<strong>${nameOf(accountName)}</strong>`}
    </p>
    <p class="detail">
      ${operatorId === undefined ? 'by the command on the server' : html`<span>by ${nameOf(operatorName)}</span>`}
    </p>
    <span class="when">${moment(at, reader)}</span>
  </li>`
}

function nameOf(username: string | undefined): Html {
  return username === undefined ? html`a deleted account` : html`<bdi>${username}</bdi>`
}

// Says why seats ended, and which changes had not reached Attio, until the person has read it.
import type { Seat } from '../../../connections/connections.ts'
import { addressOf, paths } from '../../addresses.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon } from '../../ui/icons.ts'
import { counted, shortText, taskTitle } from '../../ui/words.ts'

export type EndedSeatRow = Pick<Seat, 'connectionId' | 'workspaceName' | 'state' | 'unsent'>

export function endedSeats(seats: readonly EndedSeatRow[]): Html {
  return seats.length === 0
    ? html``
    : html`<ul class="problems" aria-label="Seats that ended">
        ${seats.map(endedSeat)}
      </ul>`
}

function endedSeat({ connectionId, state, unsent, workspaceName }: EndedSeatRow): Html {
  const name = html`<strong><bdi>${workspaceName}</bdi></strong>`
  return html`<li class="problem" data-tone="late">
    ${icon('alert')}
    <p>${why(state, name)} ${notSent(unsent)}</p>
    <form method="post" action="${addressOf(paths.endedSeat, { connectionId })}">
      <button type="submit">OK<span class="visually-hidden">: ${workspaceName}</span></button>
    </form>
  </li>`
}

function why(state: EndedSeatRow['state'], name: Html): Html {
  switch (state) {
    case 'suspended':
      return html`Attio no longer counts you as active in ${name}, so your seat there ended.`
    case 'disconnected':
      return html`${name} was disconnected, so your seat there ended.`
    case 'removed':
    case 'left':
    case 'active':
      return html`You were removed from ${name}. Ask the person who invited you if that’s a mistake.`
  }
}

function notSent(unsent: readonly string[]): Html {
  if (unsent.length === 0) return html``
  const some = unsent.slice(0, 5).map((text) => `“${shortText(taskTitle(text), 60)}”`)
  const more = unsent.length > some.length ? ' …' : ''
  return html`${counted(unsent.length, 'change')} had not reached Attio:
    <bdi>${some.join(', ')}</bdi>${more}`
}

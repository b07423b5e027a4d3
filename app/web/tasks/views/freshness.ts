// How fresh the list is, and a way to look again. Never loud.
import { paths } from '../../addresses.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon } from '../../ui/icons.ts'
import { moment } from '../../ui/moment.ts'
import type { ListedConnection } from './connection-problems.ts'

export function freshness(connections: readonly ListedConnection[], frame: AppFrame): Html {
  const reader = { now: frame.now, timeZone: frame.account.timeZone }
  const asOf = oldest(connections)
  const isWalking = connections.some(({ walk }) => walk !== undefined)
  const isHealthy = connections.every(
    ({ status, trouble }) => status === 'active' && trouble === undefined,
  )
  return html`<form
    class="freshness"
    method="post"
    action="${paths.refresh}"
    data-morph
    data-state="${isWalking ? 'walking' : isHealthy ? 'fresh' : 'stale'}"
  >
    <input type="hidden" name="returnTo" value="${frame.address}" />
    <span>${asOf === undefined ? 'not here yet' : html`as of ${moment(asOf, reader)}`}</span>
    <button class="quiet" type="submit" ${isWalking ? html`disabled` : ''}>
      ${icon('refresh')}<span class="visually-hidden"
        >${isWalking ? 'Looking at Attio' : 'Look at Attio again'}</span
      >
    </button>
  </form>`
}

function oldest(connections: readonly ListedConnection[]): number | undefined {
  const times = connections.flatMap(({ asOf }) => (asOf === null ? [] : [asOf]))
  return times.length === 0 ? undefined : Math.min(...times)
}

// How fresh the list is, and a way to look again. Never loud.
import { paths } from '../../addresses.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon } from '../../ui/icons.ts'
import { moment } from '../../ui/moment.ts'
import { counted } from '../../ui/words.ts'
import type { ListedConnection } from './connection-problems.ts'

export type Freshness = {
  /** a webhook tells of every change */
  readonly isLive?: boolean | undefined
  /** how many changes are on their way to Attio */
  readonly underWay?: number | undefined
}

export function freshness(
  connections: readonly ListedConnection[],
  frame: AppFrame,
  { isLive = false, underWay = 0 }: Freshness = {},
): Html {
  const reader = { now: frame.now, timeZone: frame.account.timeZone }
  const asOf = oldest(connections)
  const isSyncing = connections.some(({ sync }) => sync !== undefined)
  const isHealthy = connections.some(
    (connection) => isRead(connection) && connection.trouble === undefined,
  )
  return html`<form
    class="freshness"
    method="post"
    action="${paths.refresh}"
    data-morph
    data-state="${isSyncing ? 'syncing' : isHealthy ? 'fresh' : 'stale'}"
  >
    <input type="hidden" name="returnTo" value="${frame.address}" />
    <span
      >${underWay === 0 ? '' : html`${changesUnderWay(underWay)} · `}${
        asOf === undefined ? 'reading Attio …' : html`as of ${moment(asOf, reader)}`
      }${isLive && isHealthy ? ' · live' : ''}</span
    >
    <button class="quiet" type="submit" ${isSyncing ? html`disabled` : ''}>
      ${icon('refresh')}<span class="visually-hidden"
        >${isSyncing ? 'Looking at Attio' : 'Look at Attio again'}</span
      >
    </button>
  </form>`
}

function changesUnderWay(count: number): string {
  return `${counted(count, 'change')} on ${count === 1 ? 'its' : 'their'} way`
}

/** The oldest copy on the page; one that is broken says so itself and does not count. */
function oldest(connections: readonly ListedConnection[]): number | undefined {
  const healthy = connections.filter(isRead)
  const times = (healthy.length === 0 ? connections : healthy).flatMap(({ asOf }) =>
    asOf === null ? [] : [asOf],
  )
  return times.length === 0 ? undefined : Math.min(...times)
}

/** One that may only not write is read like any other. */
function isRead({ status, lack }: ListedConnection): boolean {
  return status === 'active' || (status === 'missing-scopes' && lack?.costs !== 'reading')
}

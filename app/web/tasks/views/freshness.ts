// How fresh the list is, and the button that syncs it.
import { paths } from '../../addresses.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon } from '../../ui/icons.ts'
import { ago, timeElement } from '../../ui/moment.ts'
import { counted, type PageReader } from '../../ui/words.ts'
import type { ConnectionRow } from './connection-problems.ts'

export type Freshness = {
  /** true when webhooks report every change in the connections shown */
  readonly isLive?: boolean | undefined
  /** how many changes are being sent to Attio */
  readonly underWay?: number | undefined
}

export function freshness(
  connections: readonly ConnectionRow[],
  frame: AppFrame,
  { isLive = false, underWay = 0 }: Freshness = {},
): Html {
  const reader = { now: frame.now, timeZone: frame.account.timeZone }
  const isSyncing = connections.some(({ sync }) => sync !== undefined)
  const isFresh = isHealthy(connections)
  return html`<form
    class="freshness"
    method="post"
    action="${paths.refresh}"
    data-morph
    data-state="${isSyncing ? 'syncing' : isFresh ? 'fresh' : 'stale'}"
  >
    <input type="hidden" name="returnTo" value="${frame.address}" />
    ${
      underWay === 0
        ? ''
        : html`<a class="saving" href="${paths.changes}">Saving ${counted(underWay, 'change')}</a>`
    }
    <span class="state"
      >${isLive && isFresh ? live(connections, reader) : synced(connections, reader)}</span
    >
    <span class="offline">Offline</span>
    <span class="unavailable">Unavailable</span>
    <button class="quiet" type="submit" ${isSyncing ? html`disabled` : ''}>
      ${icon('refresh')}<span class="visually-hidden">${isSyncing ? 'Syncing' : 'Sync now'}</span>
    </button>
  </form>`
}

function live(connections: readonly ConnectionRow[], reader: PageReader): Html {
  const at = oldestSync(connections)
  return at === undefined ? html`Live` : timeElement(at, reader, 'Live')
}

function synced(connections: readonly ConnectionRow[], reader: PageReader): Html {
  const at = oldestSync(connections)
  return at === undefined ? html`Reading Attio…` : html`Synced ${ago(at, reader)}`
}

/** True when every readable connection syncs without problems. */
export function isHealthy(connections: readonly ConnectionRow[]): boolean {
  const readable = connections.filter(isReadable)
  return readable.length > 0 && readable.every(({ trouble }) => trouble === undefined)
}

/** Returns the oldest last sync. A broken connection has its own box, so it counts only when there is no other. */
function oldestSync(connections: readonly ConnectionRow[]): number | undefined {
  const readable = connections.filter(isReadable)
  const times = (readable.length === 0 ? connections : readable).flatMap(({ asOf }) =>
    asOf === null ? [] : [asOf],
  )
  return times.length === 0 ? undefined : Math.min(...times)
}

function isReadable({ status, lack }: ConnectionRow): boolean {
  return status === 'active' || (status === 'missing-scopes' && lack?.costs !== 'reading')
}

// Every connection of this server and its state, for operators.
import { addressOf, operatorListAddress, paths } from '../../addresses.ts'
import { statusBadge, type PanelStatus } from '../../connections/views/connection-panel.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { atMoment } from '../../ui/moment.ts'
import { nextPage, operatorPage } from './operator-page.ts'

export type ServerConnection = {
  readonly accountId: string
  readonly workspaceName: string
  /** the username; absent for an account that is being deleted */
  readonly owner: string | undefined
  readonly status: PanelStatus
  /** when it was last synced */
  readonly asOf: number | undefined
  /** true when the last sync failed */
  readonly hasProblem: boolean
}

export type ConnectionListPage = {
  readonly frame: AppFrame
  readonly connections: readonly ServerConnection[]
  /** the last connection, when there are more */
  readonly next: string | undefined
}

export function connectionListPage({ connections, frame, next }: ConnectionListPage): Html {
  const after = next && operatorListAddress(paths.operatorConnections, { after: next })
  return operatorPage(frame, {
    title: 'Connections of all accounts',
    heading: 'Connections',
    current: 'connections',
    body: html`${
      connections.length === 0
        ? html`<p class="empty">No workspace is connected yet.</p>`
        : html`<ul class="things" aria-label="Connections">
            ${connections.map((connection) => connectionItem(connection, frame))}
          </ul>`
    }
    ${nextPage(after, 'Connections')}`,
  })
}

function connectionItem(connection: ServerConnection, frame: AppFrame): Html {
  const { accountId, asOf, hasProblem, owner, status, workspaceName } = connection
  const reader = { now: frame.now, timeZone: frame.account.timeZone }
  return html`<li>
    <div>
      <p>
        <strong><bdi>${workspaceName}</bdi></strong> ${statusBadge(status)}
        ${hasProblem ? html`<span class="badge" data-tone="late">Last sync failed</span>` : ''}
      </p>
      <p class="detail">
        ${
          owner === undefined
            ? 'No account'
            : html`<a href="${addressOf(paths.operatorAccount, { accountId })}"
                ><bdi>${owner}</bdi></a
              >`
        }
        · ${asOf === undefined ? 'not synced yet' : html`synced ${atMoment(asOf, reader)}`}
      </p>
    </div>
  </li>`
}

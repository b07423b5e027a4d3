// All connections of an account, and receipts for the ended ones.
import { connectAddress } from '../../addresses.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon } from '../../ui/icons.ts'
import { appPage } from '../../ui/layout.ts'
import { connectionPanel, type ConnectionDetails } from './connection-panel.ts'
import type { DisconnectForm } from './disconnect-form.ts'
import { endedSeats, type EndedSeatRow } from '../../seats/views/ended-seats.ts'
import { receipts, type RevocationReceipt } from './receipts.ts'

export type ConnectionsPage = {
  readonly frame: AppFrame
  readonly connections: readonly ConnectionDetails[]
  /** disconnecting needs the password, because it was not confirmed recently */
  readonly asksFor: DisconnectForm['asksFor']
  /** the refused disconnect form */
  readonly refused?: (DisconnectForm['refused'] & { readonly connectionId: string }) | undefined
  readonly receipts: readonly RevocationReceipt[]
  /** why seats of this account ended */
  readonly ended?: readonly EndedSeatRow[]
}

export function connectionsPage(page: ConnectionsPage): Html {
  return appPage(page.frame, {
    title: page.refused === undefined ? 'Connections' : 'Problem: Connections',
    current: { kind: 'connections' },
    ...(page.receipts.some(({ status }) => status === 'pending') ? { refreshEveryMs: 5000 } : {}),
    body: html`<header class="view">
        <h1>Connections</h1>
        ${page.connections.length === 0 ? '' : connectAnother()}
      </header>
      ${endedSeats(page.ended ?? [])}
      ${
        page.connections.length === 0
          ? nothingConnected()
          : page.connections.map((connection) =>
              connectionPanel(connection, {
                frame: page.frame,
                asksFor: page.asksFor,
                refused:
                  page.refused?.connectionId === connection.connectionId ? page.refused : undefined,
              }),
            )
      }
      ${receipts(page.receipts, page.frame)}`,
  })
}

function connectAnother(): Html {
  return html`<a class="button" href="${connectAddress()}">${icon('plus')}Connect another</a>`
}

function nothingConnected(): Html {
  return html`<div class="emptiness">
    ${icon('link')}
    <h2>No workspace connected</h2>
    <p>Connect one to see your tasks.</p>
    <a class="button primary" href="${connectAddress()}">Connect Attio</a>
  </div>`
}

// The page before connecting. It says what Taskr will be able to do, who approves it, and where the button leads.
import { paths } from '../../addresses.ts'
import type { PageFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon } from '../../ui/icons.ts'
import { cardPage } from '../../ui/layout.ts'
import { endedSeats, type EndedSeatRow } from '../../seats/views/ended-seats.ts'
import { scopesAskedFor } from './scope-uses.ts'

export type ConnectPage = {
  readonly frame: PageFrame
  /** the host of the consent page, such as app.attio.com */
  readonly attioHost: string
  /** the connection to reconnect */
  readonly reconnects?:
    | { readonly connectionId: string; readonly workspaceName: string }
    | undefined
  /** true when the person may ask an admin instead */
  readonly mayAsk?: boolean
  /** why seats of this account ended */
  readonly ended?: readonly EndedSeatRow[]
  /** the first page after sign-up has no "Not now" */
  readonly isFirst?: boolean
}

export function connectPage(page: ConnectPage): Html {
  const { reconnects } = page
  const title = reconnects === undefined ? 'Connect Attio' : `Reconnect ${reconnects.workspaceName}`
  return cardPage(page.frame, {
    title,
    body: html`${endedSeats(page.ended ?? [])}
      <div class="card">
        <h1 dir="auto">${title}</h1>
        ${page.isFirst === true ? html`<p>Last step: connect your Attio workspace.</p>` : ''}
        <p>
          ${
            reconnects === undefined
              ? 'Taskr keeps a private copy of the workspace’s tasks and sends your changes to Attio.'
              : html`Choose <strong><bdi>${reconnects.workspaceName}</bdi></strong> at Attio.
                  Everything you had here comes back.`
          }
          <strong>An admin of the workspace has to approve.</strong>
        </p>
        ${scopesAskedFor()}
        <p class="small">${icon('lock')} Access is encrypted, and revoked when you disconnect.</p>
        <form class="actions" method="post" action="${paths.connect}">
          ${
            reconnects === undefined
              ? ''
              : html`<input type="hidden" name="connection" value="${reconnects.connectionId}" />`
          }
          <button class="primary grow" type="submit" autofocus>
            Continue to Attio ${icon('arrow')}
          </button>
          ${
            page.isFirst === true
              ? ''
              : html`<a
                  class="button"
                  href="${reconnects === undefined ? paths.home : paths.connections}"
                  >Not now</a
                >`
          }
        </form>
        <p class="whereto">You’ll be taken to <bdi>${page.attioHost}</bdi></p>
        ${
          page.mayAsk !== true
            ? ''
            : html`<p class="switch"><a href="${paths.askAdmin}">I’m not an admin</a></p>`
        }
      </div>`,
  })
}

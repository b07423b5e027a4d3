// What connecting means, before anything is begun: what is shared, who must approve, where one is taken.
import { paths } from '../../addresses.ts'
import type { PageFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon } from '../../ui/icons.ts'
import { cardPage } from '../../ui/layout.ts'
import { scopesAskedFor } from './scope-uses.ts'

export type ConnectPage = {
  readonly frame: PageFrame
  /** the host whose consent page comes next, such as app.attio.com */
  readonly attioHost: string
  /** the connection to bring back to life, when it is not a new one */
  readonly reconnects?:
    | { readonly connectionId: string; readonly workspaceName: string }
    | undefined
  /** this page's whole address, to be sent to somebody who may approve */
  readonly linkForAdmin?: string | undefined
  /** the first page after sign-up says hello and has no "Not now" */
  readonly isFirst?: boolean
}

export function connectPage(page: ConnectPage): Html {
  const { reconnects } = page
  const title = reconnects === undefined ? 'Connect Attio' : `Reconnect ${reconnects.workspaceName}`
  return cardPage(page.frame, {
    title,
    body: html`<div class="card">
      <h1 dir="auto">${title}</h1>
      ${
        page.isFirst === true
          ? html`<p>
              One step left: connect the workspace that your tasks are in. It takes half a minute.
            </p>`
          : ''
      }
      <p>
        ${
          reconnects === undefined
            ? 'Taskr keeps a private copy of one workspace’s tasks, and carries what you change of them to Attio.'
            : html`Choose <strong><bdi>${reconnects.workspaceName}</bdi></strong> again at Attio.
                Everything you had here comes back.`
        }
        <strong>An admin of the workspace must approve.</strong>
      </p>
      ${scopesAskedFor()}
      <p class="small">
        ${icon('lock')} The access token is encrypted, never shown, and revoked at Attio when you
        disconnect.
      </p>
      <form class="actions" method="post" action="${paths.connect}">
        ${
          reconnects === undefined
            ? ''
            : html`<input type="hidden" name="connection" value="${reconnects.connectionId}" />`
        }
        <button class="primary grow" type="submit">Continue to Attio ${icon('arrow')}</button>
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
      <p class="whereto">You continue at <bdi>${page.attioHost}</bdi></p>
      ${
        page.linkForAdmin === undefined
          ? ''
          : html`<details class="disclosure">
              <summary>I am not an admin</summary>
              <p>
                Send this address to one. They connect the workspace to an account of their own.
              </p>
              <p class="address"><code>${page.linkForAdmin}</code></p>
            </details>`
      }
    </div>`,
  })
}

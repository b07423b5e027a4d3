// One connection on its own page, with its permissions.
import { paths } from '../../addresses.ts'
import type { AppFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { appPage } from '../../ui/layout.ts'
import { connectionPanel, type ConnectionDetails } from './connection-panel.ts'
import type { DisconnectForm } from './disconnect-form.ts'
import { scopesOf } from './scope-uses.ts'

export type ConnectionPage = {
  readonly frame: AppFrame
  readonly connection: ConnectionDetails
  readonly asksFor: DisconnectForm['asksFor']
  readonly refused?: DisconnectForm['refused']
}

export function connectionPage(page: ConnectionPage): Html {
  const { connection } = page
  return appPage(page.frame, {
    title: connection.workspaceName,
    current: { kind: 'connections' },
    body: html`<header class="view">
        <h1 dir="auto">${connection.workspaceName}</h1>
        <a class="back" href="${paths.connections}">Connections</a>
      </header>
      ${connectionPanel(connection, { ...page, isWholePage: true })}
      <section class="panel" aria-labelledby="scopes-title">
        <h2 id="scopes-title">Permissions</h2>
        ${scopesOf(connection.scopes)}
      </section>`,
  })
}

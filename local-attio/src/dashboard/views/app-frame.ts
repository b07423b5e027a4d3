// The frame of an app's pages: name, state, publishing, sharing and tabs.
import { html } from 'hono/html'
import { noticeLine, problemLine } from '../../pages/fields.ts'
import type { Html } from '../../pages/layout.ts'
import type { App } from '../../world/access.ts'
import { appAddress, dashboard } from '../addresses.ts'
import { stateBadges } from './account.ts'

export const tabs = {
  '': 'App information',
  oauth: 'OAuth',
  scopes: 'Scopes',
  webhooks: 'Webhooks',
} as const

export type Tab = keyof typeof tabs | 'sharing'

export type AppFrame = {
  readonly app: App
  readonly tab: Tab
  readonly notice?: string | undefined
  readonly problem?: string | undefined
  readonly content: Html
}

export function appFrame({ app, tab, notice, problem, content }: AppFrame): Html {
  return html`<p class="above"><a href="${dashboard}">Developer dashboard</a></p>
    <header class="head">
      <h1><bdi>${app.name}</bdi></h1>
      ${stateBadges(app)}
      <div class="beside">
        <a class="button" href="${appAddress(app.id, 'sharing')}" ${current(tab === 'sharing')}
          >Share privately</a
        >
        <form method="post" action="${appAddress(app.id, 'publication')}">
          <button
            ${app.isPublished ? '' : html`class="primary"`}
            type="submit"
            name="published"
            value="${app.isPublished ? 'no' : 'yes'}"
          >
            ${app.isPublished ? 'Unpublish app' : 'Publish app'}
          </button>
        </form>
      </div>
    </header>
    <nav class="tabs" aria-label="Settings of the app">
      <ul>
        ${Object.entries(tabs).map(
          ([part, label]) =>
            html`<li>
              <a href="${appAddress(app.id, part)}" ${current(part === tab)}>${label}</a>
            </li>`,
        )}
      </ul>
    </nav>
    ${noticeLine(notice)} ${problemLine(problem)} ${content}`
}

function current(isCurrent: boolean): Html {
  return isCurrent ? html`aria-current="page"` : html``
}

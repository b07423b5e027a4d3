// The app information tab: the name, Attio's ids for the app, and deletion.
import { html } from 'hono/html'
import { field, type Problem } from '../../pages/fields.ts'
import type { Html } from '../../pages/layout.ts'
import { moment } from '../../pages/moments.ts'
import type { App } from '../../world/access.ts'
import { appAddress } from '../addresses.ts'
import { longestName } from '../names.ts'

export type Information = {
  readonly app: App
  readonly developer: string
  readonly installations: number
  readonly refused?: { readonly name: string; readonly problems: readonly Problem[] }
}

export function information({ app, developer, installations, refused }: Information): Html {
  return html`<section class="panel" aria-label="App">
      <form class="line" method="post" action="${appAddress(app.id, 'name')}">
        ${field(
          {
            name: 'name',
            label: 'App name',
            value: refused?.name ?? app.name,
            isWide: true,
            more: html`maxlength="${longestName}"`,
          },
          refused?.problems,
        )}
        <button type="submit">Save name</button>
      </form>
      <dl class="facts">
        ${fact('Developer', developer)} ${fact('Slug', app.slug)}
        ${fact('Installed in', workspacesInWords(installations))}
        ${fact('Created', moment(app.createdAt))}
      </dl>
    </section>
    <section class="panel" aria-labelledby="deletion">
      <h2 id="deletion">Delete this app</h2>
      <p>Every workspace loses it at once, and every token it was given stops working.</p>
      <details class="disclosure danger">
        <summary>Delete app</summary>
        <form method="post" action="${appAddress(app.id, 'deletion')}">
          <button class="danger" type="submit">Yes, delete ${app.name}</button>
        </form>
      </details>
    </section>`
}

export function workspacesInWords(count: number): string {
  if (count === 0) return 'no workspace'
  return count === 1 ? '1 workspace' : `${count} workspaces`
}

function fact(term: string, value: string | Html): Html {
  return html`<div>
    <dt>${term}</dt>
    <dd>${value}</dd>
  </div>`
}

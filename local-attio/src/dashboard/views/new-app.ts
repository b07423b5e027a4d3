// The form of a new app: its name.
import { html } from 'hono/html'
import { field, type Problem } from '../../pages/fields.ts'
import type { Html } from '../../pages/layout.ts'
import { dashboard, newApp } from '../addresses.ts'
import { longestName } from '../names.ts'

export function newAppPage(name: string, problems: readonly Problem[]): Html {
  return html`<header class="head"><h1>New app</h1></header>
    <section class="panel">
      <p>People see the name when they are asked to let the app in. No other app can have it.</p>
      <form class="stack" method="post" action="${newApp}">
        ${field(
          { name: 'name', label: 'App name', value: name, more: html`maxlength="${longestName}"` },
          problems,
        )}
        <div class="line">
          <button class="primary" type="submit">Create app</button>
          <a class="button quiet" href="${dashboard}">Cancel</a>
        </div>
      </form>
    </section>`
}

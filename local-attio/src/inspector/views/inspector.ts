// The inspector: the clock, the world, the faults, and every exchange.
import { html } from 'hono/html'
import { noticeLine } from '../../pages/fields.ts'
import type { Html } from '../../pages/layout.ts'
import type { InspectorPage } from '../page.ts'
import { clockPanel } from './clock.ts'
import { faultsPanel } from './faults.ts'
import { journalPanel } from './journal.ts'
import { worldPanel } from './world.ts'

export function inspectorPage(page: InspectorPage): Html {
  return html`<header class="head"><h1>Control</h1></header>
    <p class="lead">
      Everything here can be done by a program, too: <code>/_control</code> speaks JSON.
    </p>
    <nav class="tabs" aria-label="On this page">
      <ul>
        <li><a href="#clock">Clock</a></li>
        <li><a href="#world">World</a></li>
        <li><a href="#faults">Faults</a></li>
        <li><a href="#journal">Journal</a></li>
      </ul>
    </nav>
    ${noticeLine(page.notice)}
    <div class="halves">${clockPanel(page)} ${worldPanel(page)}</div>
    ${faultsPanel(page)} ${journalPanel(page)}`
}

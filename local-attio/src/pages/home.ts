// The front page: what this is and where things are.
import { Hono } from 'hono'
import { html } from 'hono/html'
import type { Env } from '../http.ts'
import type { Parts } from '../parts.ts'
import { personOf } from '../sign-in/session.ts'
import { page, sendPage } from './layout.ts'

export function createHome(parts: Parts): Hono<Env> {
  const home = new Hono<Env>()
  home.get('/', (c) => {
    const person = personOf(parts, c)
    const content = html`<article class="card">
      <h1>Local Attio</h1>
      <p>
        An Attio that runs on this machine, with people and data that are made up. Nothing here
        reaches attio.com.
      </p>
      <h2>For apps</h2>
      <ul class="can">
        <li>Authorize<span>${parts.settings.origin}/authorize</span></li>
        <li>Token<span>${parts.settings.origin}/oauth/token</span></li>
        <li>API<span>${parts.settings.origin}/v2</span></li>
      </ul>
      ${person ? '' : html`<p><a href="/sign-in">Sign in</a></p>`}
    </article>`
    return sendPage(c, page({ title: 'Home', person, content }))
  })
  return home
}

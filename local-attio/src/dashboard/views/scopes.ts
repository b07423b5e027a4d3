// The Scopes tab: none, read, or read and write for each group.
import { html } from 'hono/html'
import { scopeGroups } from '../../api/access/scopes.ts'
import { options } from '../../pages/fields.ts'
import type { Html } from '../../pages/layout.ts'
import type { App } from '../../world/access.ts'
import { appAddress } from '../addresses.ts'
import { levelOf, levels } from '../scope-levels.ts'

export function scopesTab(app: App): Html {
  return html`<section class="panel" aria-labelledby="scopes">
    <h2 id="scopes">Scopes</h2>
    <p>
      The access that the app asks a workspace for. Ask for no more than you need. Tokens that were
      granted keep the scopes they were granted with.
    </p>
    <p>
      Listing tasks takes four: Tasks, User management, Records and Object configuration, each set
      to read.
    </p>
    <form method="post" action="${appAddress(app.id, 'scopes')}">
      <ul class="things settings">
        ${Object.entries(scopeGroups).map(
          ([group, label]) =>
            html`<li>
              <label class="what" for="scope-${group}"
                ><strong>${label}</strong><small>${group}</small></label
              >
              <select id="scope-${group}" name="${group}">
                ${options(levels, levelOf(app.scopes, group))}
              </select>
            </li>`,
        )}
      </ul>
      <div class="actions"><button class="primary" type="submit">Save changes</button></div>
    </form>
  </section>`
}

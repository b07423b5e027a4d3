// The sharing tab: share the app privately with a few workspaces, or publish it for all.
import { html } from 'hono/html'
import { unpublishedAppLimit } from '../../authorization/checks.ts'
import { copyField } from '../../pages/fields.ts'
import type { Html } from '../../pages/layout.ts'
import { moment } from '../../pages/moments.ts'
import type { App, Installation } from '../../world/access.ts'
import type { World } from '../../world/world.ts'
import { installAddress } from '../addresses.ts'

export type Sharing = {
  readonly world: World
  readonly origin: string
  readonly app: App
  readonly installations: readonly Installation[]
}

export function sharing({ world, origin, app, installations }: Sharing): Html {
  const { length: count } = installations
  return html`<section class="panel" aria-labelledby="sharing">
      <h2 id="sharing">Share privately</h2>
      <p>
        An admin of any workspace who has this link can install the app without a review, and is
        warned that there was none.
      </p>
      <div class="copies">
        ${copyField({
          id: 'install-link',
          label: 'Install link',
          value: `${origin}${installAddress(app.id)}`,
        })}
      </div>
    </section>
    <section class="panel" aria-labelledby="installations">
      <h2 id="installations">Installed <span class="count">${countInWords(app, count)}</span></h2>
      ${
        count === 0
          ? html`<p class="empty">
              No workspace has it yet. It is installed when an admin authorizes it or opens the
              link.
            </p>`
          : html`<ul class="things">
              ${installations.map(
                ({ workspaceId, createdAt }) =>
                  html`<li>
                    <span class="what"
                      >${world.workspaces.get(workspaceId)?.name ?? workspaceId}</span
                    >
                    <small>${moment(createdAt)}</small>
                  </li>`,
              )}
            </ul>`
      }
    </section>
    <section class="panel" aria-labelledby="publishing">
      <h2 id="publishing">Publishing</h2>
      <p>
        ${
          app.isPublished
            ? 'The app is published: any number of workspaces can install it.'
            : `Until it is published, the app can be in ${unpublishedAppLimit} workspaces. Attio itself reviews an app before publishing it; here the button is enough.`
        }
      </p>
    </section>`
}

function countInWords(app: App, count: number): string {
  return app.isPublished ? `in ${count}` : `${count} of ${unpublishedAppLimit} workspaces`
}

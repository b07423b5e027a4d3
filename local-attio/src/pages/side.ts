// The side navigation: this server, the signed-in developer's apps, the workspaces.
import { html } from 'hono/html'
import { visibleApps } from '../people/visible-apps.ts'
import type { Person } from '../world/access.ts'
import type { World } from '../world/world.ts'
import { hueOf } from './hue.ts'
import { icon, type IconName } from './icons.ts'
import type { Html } from './layout.ts'

/** `here` is the path of the page; the link to it, or to its parent, is marked. */
export function side(world: World, person: Person | undefined, here: string): Html {
  const link = (href: string, mark: Html, label: string): Html =>
    html`<li>
      <a href="${href}" ${current(href, here)}>${mark}<bdi>${label}</bdi></a>
    </li>`
  const plain = (href: string, name: IconName, label: string): Html => link(href, icon(name), label)
  return html`<nav class="side" aria-label="Local Attio">
    <section>
      <h2>This server</h2>
      <ul>
        ${plain('/', 'home', 'Overview')} ${plain('/_control', 'dials', 'Control')}
      </ul>
    </section>
    <section>
      <h2>Developers</h2>
      <ul>
        ${plain('/developers', 'building', 'Developer dashboard')}
        ${person ? visibleApps(world, person).map((app) => plain(`/developers/apps/${app.id}`, 'app', app.name)) : ''}
        ${person ? plain('/developers/new-app', 'plus', 'New app') : ''}
      </ul>
    </section>
    <section>
      <h2>Workspaces</h2>
      <ul>
        ${world.workspaces
          .all()
          .map(({ id, slug, name }) =>
            link(
              `/workspaces/${slug}`,
              html`<span class="dot" data-hue="${hueOf(id)}"></span>`,
              name,
            ),
          )}
      </ul>
    </section>
  </nav>`
}

function current(href: string, here: string): Html {
  if (href === here) return html`aria-current="page"`
  const isParent = href !== '/' && href !== '/developers' && here.startsWith(`${href}/`)
  return isParent ? html`aria-current="true"` : html``
}

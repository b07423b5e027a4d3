// Workspace settings → Apps.
import { html } from 'hono/html'
import type { Html } from '../../pages/layout.ts'
import { moment } from '../../pages/moments.ts'
import type { AccessToken, App, Installation, Member, Workspace } from '../../world/access.ts'
import type { World } from '../../world/world.ts'
import { appsAddress, type View } from '../addresses.ts'
import { memberName } from '../member-name.ts'
import { workspaceFrame } from './frame.ts'

export type Installed = {
  readonly app: App
  readonly installation: Installation
  /** The apps that are installed in this workspace. */
  readonly tokens: readonly AccessToken[]
}

export type AppsPage = {
  readonly world: World
  readonly workspace: Workspace
  readonly member: Member
  readonly counts: Readonly<Record<View, number>>
  readonly installed: readonly Installed[]
  readonly notice: string | undefined
}

export function appsPage(page: AppsPage): Html {
  const { installed } = page
  return workspaceFrame({
    ...page,
    tab: 'apps',
    content: html`<section class="panel" aria-labelledby="apps">
      <h2 id="apps">Installed apps</h2>
      <p>
        Removing an app ends every token it has for this workspace, at once.
        ${page.member.accessLevel === 'admin' ? '' : 'Only an admin can do it.'}
      </p>
      ${
        installed.length === 0
          ? html`<p class="empty">
              No app is installed. The first one comes when an admin authorizes it.
            </p>`
          : html`<ul class="things">
              ${installed.map((one) => appItem(page, one))}
            </ul>`
      }
    </section>`,
  })
}

function appItem(page: AppsPage, { app, installation, tokens }: Installed): Html {
  const { world, workspace, member } = page
  const people = new Set(
    tokens.flatMap((token) => {
      const one = world.members.get(token.memberId)
      return one ? [memberName(one)] : []
    }),
  )
  return html`<li>
    <span class="what"
      ><strong><bdi>${app.name}</bdi></strong
      ><small>${tokensInWords(tokens.length, Array.from(people))}</small></span
    >
    <small>since ${moment(installation.createdAt)}</small>
    ${
      member.accessLevel === 'admin'
        ? html`<details class="disclosure danger">
            <summary>Remove</summary>
            <form method="post" action="${appsAddress(workspace.slug)}/${app.id}/removal">
              <button class="danger" type="submit">Yes, remove ${app.name}</button>
            </form>
          </details>`
        : ''
    }
  </li>`
}

function tokensInWords(count: number, people: readonly string[]): string {
  if (count === 0) return 'No access token'
  return `${count === 1 ? '1 access token' : `${count} access tokens`}, authorized by ${people.join(', ')}`
}

// The frame of a workspace's pages: its name, the signed-in member, the tabs.
import { html } from 'hono/html'
import { noticeLine } from '../../pages/fields.ts'
import type { Html } from '../../pages/layout.ts'
import type { Member, Workspace } from '../../world/access.ts'
import type { World } from '../../world/world.ts'
import { appsAddress, listAddress, type View } from '../addresses.ts'
import { switchForm } from './switch.ts'

export type WorkspaceFrame = {
  readonly world: World
  readonly workspace: Workspace
  readonly member: Member
  readonly tab: View | 'apps'
  readonly counts: Readonly<Record<View, number>>
  readonly notice?: string | undefined
  readonly content: Html
}

export function workspaceFrame(frame: WorkspaceFrame): Html {
  const { world, workspace, member, tab, counts, notice, content } = frame
  const { slug, name } = workspace
  const returnTo = tab === 'apps' ? appsAddress(slug) : listAddress(slug, tab)
  return html`<p class="above">Attio workspace</p>
    <header class="head">
      <h1><bdi>${name}</bdi></h1>
      <div class="beside">${switchForm(world, workspace, { me: member, returnTo })}</div>
    </header>
    <nav class="tabs" aria-label="${name}">
      <ul>
        ${tabLink(listAddress(slug, 'open'), 'Open', tab === 'open', counts.open)}
        ${tabLink(listAddress(slug, 'done'), 'Done', tab === 'done', counts.done)}
        ${tabLink(appsAddress(slug), 'Apps', tab === 'apps')}
      </ul>
    </nav>
    ${noticeLine(notice)} ${content}`
}

function tabLink(href: string, label: string, isCurrent: boolean, count?: number): Html {
  return html`<li>
    <a href="${href}" ${isCurrent ? html`aria-current="page"` : ''}
      >${label}${count === undefined ? '' : html` <span class="count">${count}</span>`}</a
    >
  </li>`
}

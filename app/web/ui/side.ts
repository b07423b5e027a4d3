// The navigation at the side of the app. On a narrow screen, its views move to the bottom, and its workspaces and the
// account become menus, which the browser opens without a script.
import {
  connectAddress,
  paths,
  taskListAddress,
  teamAddress,
  type ListAddress,
  type ListView,
} from '../addresses.ts'
import { brand } from './brand.ts'
import type { AppFrame, SideWorkspace } from './frame.ts'
import { workspaceDot, workspaceHues } from './hue.ts'
import { html, type Html } from './html.ts'
import { icon, type IconName } from './icons.ts'
import { numberInWords } from './words.ts'

export type CurrentPage =
  | { readonly kind: 'tasks'; readonly query: ListAddress }
  | { readonly kind: 'connections' | 'settings' | 'events' | 'team' | 'operator' | 'none' }

export function side(frame: AppFrame, current: CurrentPage): Html {
  return html`<div class="side" id="side">
    <header class="top">${brand()}</header>
    ${viewLinks(frame, current)} ${workspaceLinks(frame.workspaces, current)}
    <button class="account-open quiet" type="button" popovertarget="account">
      ${icon('person')}<span class="visually-hidden">Account</span>
    </button>
    ${accountLinks(frame, current)}
  </div>`
}

/** The list's filters, which stay when the view changes; elsewhere the person's own tasks. */
function narrowedTo(current: CurrentPage): ListAddress {
  return current.kind === 'tasks' ? current.query : { view: 'today', whose: 'mine', page: 1 }
}

type NavigationView = Exclude<ListView, 'due-today' | 'tomorrow' | 'all'>

/** `key` is the letter after g. */
const views: readonly { view: NavigationView; label: string; icon: IconName; key: string }[] = [
  { view: 'today', label: 'Today', icon: 'calendar', key: 't' },
  { view: 'overdue', label: 'Overdue', icon: 'clock', key: 'o' },
  { view: 'upcoming', label: 'Upcoming', icon: 'arrow', key: 'u' },
  { view: 'no-date', label: 'No date', icon: 'lines', key: 'n' },
  { view: 'open', label: 'Open', icon: 'inbox', key: 'a' },
  { view: 'done', label: 'Done', icon: 'done', key: 'd' },
]

function viewLinks(frame: AppFrame, current: CurrentPage): Html {
  return html`<nav class="views" aria-label="Views">
    <ul>
      ${views.map(({ view, label, icon: name, key }) => {
        const count = countOf(frame, view)
        const isCurrent = current.kind === 'tasks' && navigationViewOf(current.query) === view
        return html`<li>
          <a
            href="${taskListAddress({ ...narrowedTo(current), view, page: 1 })}"
            ${isCurrent ? html`aria-current="page"` : ''}
            data-key="${key}"
            title="${label}"
            >${icon(name)}<span class="label">${label}</span>${countBadge(
              count,
              view === 'overdue',
            )}</a
          >
        </li>`
      })}
    </ul>
  </nav>`
}

/** The pages of what is due today belong to Today, and those of tomorrow to Upcoming. */
function navigationViewOf({ view }: ListAddress): ListView {
  if (view === 'due-today') return 'today'
  return view === 'tomorrow' ? 'upcoming' : view
}

function countOf({ counts }: AppFrame, view: NavigationView): number {
  if (counts === undefined || view === 'done') return 0
  if (view === 'open') return counts.overdue + counts.today + counts.upcoming + counts.noDate
  return view === 'no-date' ? counts.noDate : counts[view]
}

/** Shows no number for zero. */
function countBadge(count: number, isLate: boolean): Html {
  if (count === 0) return html``
  return html`<span class="count" ${isLate ? html`data-late` : ''}>${numberInWords(count)}</span>`
}

function workspaceLinks(workspaces: readonly SideWorkspace[], current: CurrentPage): Html {
  const hues = workspaceHues(workspaces)
  return html`<nav class="workspaces" id="spaces" popover aria-labelledby="workspaces">
    <h2 id="workspaces">Workspaces</h2>
    <ul>
      ${workspaces.length > 1 ? allWorkspaces(current) : ''}
      ${workspaces.map((workspace) => {
        const { connectionId } = workspace
        const isCurrent = current.kind === 'tasks' && current.query.workspace === connectionId
        const address = taskListAddress({
          ...narrowedTo(current),
          workspace: connectionId,
          page: 1,
        })
        return html`<li>
          <a
            href="${address}"
            title="${workspace.workspaceName}"
            ${isCurrent ? html`aria-current="true"` : ''}
            >${workspaceDot(workspace, hues, 'decoration')}<span class="label" dir="auto"
              >${workspace.workspaceName}</span
            >${
              workspace.needsAttention
                ? html`<span class="count" data-late
                    >${icon('alert')}<span class="visually-hidden">needs attention</span></span
                  >`
                : countBadge(workspace.openTasks ?? 0, false)
            }</a
          >
        </li>`
      })}
      <li>
        <a class="connect" href="${connectAddress()}" title="Connect another"
          >${icon('plus')}<span class="label"
            >${workspaces.length === 0 ? 'Connect Attio' : 'Connect another'}</span
          ></a
        >
      </li>
    </ul>
  </nav>`
}

/** On a wide screen, the views above are the list of all workspaces. */
function allWorkspaces(current: CurrentPage): Html {
  const isCurrent = current.kind === 'tasks' && current.query.workspace === undefined
  return html`<li class="all">
    <a
      href="${taskListAddress({ ...narrowedTo(current), workspace: undefined, page: 1 })}"
      ${isCurrent ? html`aria-current="true"` : ''}
      ><span class="label">All workspaces</span></a
    >
  </li>`
}

/** Opens the list's shortcuts, for people who don't know the key. Only the script opens it, so only a script shows it. */
function keysButton(): Html {
  return html`<li class="keys-open">
    <button class="quiet" type="button" data-keys-open>
      <kbd aria-hidden="true">?</kbd>Keyboard shortcuts
    </button>
  </li>`
}

function accountLinks(frame: AppFrame, current: CurrentPage): Html {
  const link = (
    kind: CurrentPage['kind'],
    href: string,
    name: IconName,
    label: string,
    key?: string,
  ) =>
    html`<li>
      <a
        href="${href}"
        ${current.kind === kind ? html`aria-current="page"` : ''}
        ${key === undefined ? '' : html`data-key="${key}"`}
        >${icon(name)}<span class="label">${label}</span></a
      >
    </li>`
  return html`<nav class="account" id="account" popover aria-label="Account">
    <ul>
      ${
        frame.workspaces.length === 0
          ? ''
          : link(
              'team',
              teamAddress({ workspace: narrowedTo(current).workspace }),
              'team',
              'Team',
              'm',
            )
      }
      ${link('connections', paths.connections, 'link', 'Connections')}
      ${link('settings', paths.settings, 'gear', 'Settings')}
      ${frame.account.isOperator ? link('operator', paths.operator, 'lock', 'Operator') : ''}
      ${current.kind === 'tasks' ? keysButton() : ''}
    </ul>
    <form method="post" action="${paths.logOut}">
      <span class="name"
        ><span class="visually-hidden">Signed in as </span
        ><bdi>${frame.account.username}</bdi></span
      >
      <button class="quiet" type="submit">
        ${icon('leave')}<span class="label">Log out</span>
      </button>
    </form>
  </nav>`
}

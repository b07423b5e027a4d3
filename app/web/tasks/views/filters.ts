// The filters by assignee and workspace. Each choice is a link, so that a list can be bookmarked and shared.
import { taskListAddress, type ListAddress, type WhoseChoice } from '../../addresses.ts'
import { html, type Html } from '../../ui/html.ts'
import { icon } from '../../ui/icons.ts'
import type { ConnectionRow } from './connection-problems.ts'

const choices: readonly { whose: WhoseChoice; label: string }[] = [
  { whose: 'mine', label: 'Mine' },
  { whose: 'unassigned', label: 'Unassigned' },
  { whose: 'everyone', label: 'Everyone' },
]

export function filters(query: ListAddress, connections: readonly ConnectionRow[]): Html {
  const workspace = connections.find(({ connectionId }) => connectionId === query.workspace)
  return html`<nav class="filters" aria-label="Whose">
    <ul>
      ${choices.map(
        ({ whose, label }) =>
          html`<li>
            <a
              href="${taskListAddress({ ...query, whose, page: 1 })}"
              ${whose === query.whose ? html`aria-current="true"` : ''}
              >${label}</a
            >
          </li>`,
      )}
      ${workspace === undefined ? '' : onlyThis(workspace, query)}
    </ul>
  </nav>`
}

function onlyThis(workspace: ConnectionRow, query: ListAddress): Html {
  return html`<li class="only">
    <a href="${taskListAddress({ ...query, workspace: undefined, page: 1 })}"
      ><span class="visually-hidden">Stop showing only </span
      ><bdi>${workspace.workspaceName}</bdi>${icon('close')}</a
    >
  </li>`
}

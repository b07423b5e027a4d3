// The first walk through a workspace, while it is under way: how many tasks have come so far.
import type { PageFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { counted } from '../../ui/words.ts'
import type { ListedConnection } from './connection-problems.ts'

export function isFirstWalk(connection: ListedConnection): boolean {
  return connection.walk !== undefined && connection.asOf === null
}

export function walkProgress(connections: readonly ListedConnection[], frame: PageFrame): Html {
  const walking = connections.filter(isFirstWalk)
  return html`${walking.map(({ connectionId, workspaceName, walk }) => {
    const labelId = `walk-${connectionId}`
    const isSaidAbove =
      frame.notice?.kind === 'connected' && frame.notice.connectionId === connectionId
    return html`<div class="walk">
      <p id="${labelId}">
        Fetching <strong><bdi>${workspaceName}</bdi></strong> from
        Attio${isSaidAbove ? '' : soFar(walk?.tasksSeen ?? 0)} …
      </p>
      <noscript><a href="${frame.address}">Look again</a></noscript>
      <progress aria-labelledby="${labelId}"></progress>
    </div>`
  })}`
}

function soFar(tasks: number): string {
  return tasks === 0 ? '' : `: ${counted(tasks, 'task')} so far`
}

// Progress of a workspace's first sync.
import type { PageFrame } from '../../ui/frame.ts'
import { html, type Html } from '../../ui/html.ts'
import { counted } from '../../ui/words.ts'
import type { ConnectionRow } from './connection-problems.ts'

export function isFirstSync(connection: ConnectionRow): boolean {
  return connection.sync !== undefined && connection.asOf === null
}

export function syncProgress(connections: readonly ConnectionRow[], frame: PageFrame): Html {
  const syncing = connections.filter(isFirstSync)
  return html`${syncing.map(({ connectionId, workspaceName, sync }) => {
    const labelId = `sync-${connectionId}`
    const isSaidAbove =
      frame.toast?.kind === 'connected' && frame.toast.connectionId === connectionId
    return html`<div class="sync">
      <p id="${labelId}">
        Fetching <strong><bdi>${workspaceName}</bdi></strong> from
        Attio${isSaidAbove ? '' : soFar(sync?.tasksSeen ?? 0)} …
      </p>
      <noscript><a href="${frame.address}">Reload</a></noscript>
      <progress aria-labelledby="${labelId}"></progress>
    </div>`
  })}`
}

function soFar(tasks: number): string {
  return tasks === 0 ? '' : `: ${counted(tasks, 'task')} so far`
}

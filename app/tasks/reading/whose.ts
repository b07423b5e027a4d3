// Converts the assignee filter of a page's address to that of the mirror.
import type { Connection } from '../../connections/connections.ts'
import type { WhoseTasks } from '../mirror.ts'

export function whoseFilter(
  whose: 'mine' | 'unassigned' | 'everyone',
  connections: readonly Connection[],
): WhoseTasks {
  if (whose !== 'mine') return { kind: whose }
  const members = connections.flatMap(({ connectionId, memberId }) =>
    memberId === undefined ? [] : [[connectionId, memberId] as const],
  )
  return { kind: 'mine', members: new Map(members) }
}

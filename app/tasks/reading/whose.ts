// Converts the filter by assignee of a page's address to that of the mirror.
import type { Connection } from '../../connections/connections.ts'
import type { WhoseTasks } from '../mirror.ts'
import type { TaskFilters } from './task-filters.ts'

export function whoseFilter(
  { whose, memberId }: Pick<TaskFilters, 'whose' | 'memberId'>,
  connections: readonly Connection[],
): WhoseTasks {
  if (memberId !== undefined) return { kind: 'member', memberId }
  if (whose !== 'mine') return { kind: whose }
  const members = connections.flatMap(({ connectionId, memberId: own }) =>
    own === undefined ? [] : [{ connectionId, memberId: own }],
  )
  return { kind: 'mine', members }
}

// How many open tasks wait, for the navigation: by group, and by workspace.
import type { Connection } from '../connections/connections.ts'
import type { ConnectionId } from '../support/ids.ts'
import { dayOf } from './due.ts'
import { whoseFilter, type Reader, type TaskParts } from './task-list.ts'

export interface OpenTaskCounts {
  readonly overdue: number
  readonly today: number
  readonly upcoming: number
  readonly noDate: number
  readonly byConnection: ReadonlyMap<ConnectionId, number>
}

/** The person's own open tasks. */
export async function countOwnOpenTasks(
  parts: TaskParts,
  reader: Reader,
  connections: readonly Connection[],
): Promise<OpenTaskCounts> {
  const counts = await parts.mirror.countOpenTasks(
    connections.map(({ connectionId }) => connectionId),
    { whose: whoseFilter('mine', connections), day: dayOf(parts.clock.now(), reader.timeZone) },
  )
  const sum = (group: 'overdue' | 'today' | 'upcoming' | 'noDate'): number =>
    counts.reduce((total, one) => total + one[group], 0)
  return {
    overdue: sum('overdue'),
    today: sum('today'),
    upcoming: sum('upcoming'),
    noDate: sum('noDate'),
    byConnection: new Map(
      counts.map((one) => [one.connectionId, one.overdue + one.today + one.upcoming + one.noDate]),
    ),
  }
}

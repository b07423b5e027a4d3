// Counts of a list's tasks, for the navigation: by group, and by workspace.
import type { Connection } from '../../connections/connections.ts'
import type { GroupCounts } from '../mirror.ts'
import type { ConnectionId } from '../../support/ids.ts'
import { dayOf } from './due.ts'
import type { TaskReader, TaskParts } from './task-parts.ts'
import { whoseFilter } from './whose.ts'

export interface ListCounts extends Omit<GroupCounts, 'connectionId'> {
  /** Open tasks of each workspace, also of those that the list leaves out. */
  readonly byConnection: ReadonlyMap<ConnectionId, number>
  readonly overdueByConnection: ReadonlyMap<ConnectionId, number>
}

/** Counts the open tasks assigned to the person. */
export async function countOwnOpenTasks(
  parts: TaskParts,
  reader: TaskReader,
  connections: readonly Connection[],
): Promise<ListCounts> {
  const counts = await parts.mirror.countGroups(connections, {
    whose: whoseFilter({ whose: 'mine' }, connections),
    day: dayOf(parts.clock.now(), reader.timeZone),
    countsDone: false,
  })
  return sumOf(counts, connections)
}

/** Adds up the counts of the connections that the list shows. */
export function sumOf(
  counts: readonly GroupCounts[],
  shown: readonly Pick<Connection, 'connectionId'>[],
): ListCounts {
  const isShown = new Set(shown.map(({ connectionId }) => connectionId))
  const sum = { overdue: 0, today: 0, tomorrow: 0, upcoming: 0, noDate: 0, done: 0 }
  for (const one of counts) {
    if (!isShown.has(one.connectionId)) continue
    sum.overdue += one.overdue
    sum.today += one.today
    sum.tomorrow += one.tomorrow
    sum.upcoming += one.upcoming
    sum.noDate += one.noDate
    sum.done += one.done
  }
  const open = (one: GroupCounts): number => one.overdue + one.today + one.upcoming + one.noDate
  return {
    ...sum,
    byConnection: new Map(counts.map((one) => [one.connectionId, open(one)])),
    overdueByConnection: new Map(counts.map((one) => [one.connectionId, one.overdue])),
  }
}

// Counts open tasks for the navigation, by group and by workspace.
import type { Connection } from '../../connections/connections.ts'
import type { OpenCounts } from '../mirror.ts'
import type { ConnectionId } from '../../support/ids.ts'
import { dayOf } from './due.ts'
import type { TaskReader, TaskParts } from './task-parts.ts'
import { whoseFilter } from './whose.ts'

export interface OpenTaskCounts {
  readonly overdue: number
  readonly today: number
  readonly upcoming: number
  readonly noDate: number
  readonly byConnection: ReadonlyMap<ConnectionId, number>
}

/** Counts the open tasks assigned to the person. */
export async function countOwnOpenTasks(
  parts: TaskParts,
  reader: TaskReader,
  connections: readonly Connection[],
): Promise<OpenTaskCounts> {
  const counts = await parts.mirror.countOpenTasks(
    connections.map(({ connectionId }) => connectionId),
    { whose: whoseFilter('mine', connections), day: dayOf(parts.clock.now(), reader.timeZone) },
  )
  return {
    ...sumOf(counts),
    byConnection: new Map(
      counts.map((one) => [one.connectionId, one.overdue + one.today + one.upcoming + one.noDate]),
    ),
  }
}

export function sumOf(counts: readonly OpenCounts[]): Omit<OpenCounts, 'connectionId'> {
  const sum = { overdue: 0, today: 0, upcoming: 0, noDate: 0 }
  for (const one of counts) {
    sum.overdue += one.overdue
    sum.today += one.today
    sum.upcoming += one.upcoming
    sum.noDate += one.noDate
  }
  return sum
}

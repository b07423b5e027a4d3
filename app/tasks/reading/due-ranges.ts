// The ranges of due dates that a list reads. Groups that are shown whole are read together: one range costs a fifth of
// what four cost.
import type { RequestedTasks } from '../mirror.ts'
import { deadlinesOf, type Day, type DueGroupOrTomorrow } from './due.ts'

export interface GroupPage {
  readonly group: DueGroupOrTomorrow | 'done'
  /** How many tasks the group has. */
  readonly total: number
  readonly limit: number
  readonly offset: number
}

export interface DueRange extends Omit<RequestedTasks, 'whose'> {
  /** The pages whose tasks are in the range. */
  readonly pages: readonly GroupPage[]
}

/** Takes pages of groups that follow each other in time; a group between two of them has no tasks. */
export function rangesOf(pages: readonly GroupPage[], day: Day): readonly DueRange[] {
  const ranges: DueRange[] = []
  for (const page of pages) {
    const last = ranges.at(-1)
    const next = rangeOf(page, day)
    const both = last && joined(last, next)
    if (both === undefined) ranges.push(next)
    else ranges.splice(-1, 1, both)
  }
  return ranges
}

function rangeOf(page: GroupPage, day: Day): DueRange {
  const { group, limit, offset } = page
  return {
    pages: [page],
    isCompleted: group === 'done',
    ...(group === 'done' ? {} : { deadline: deadlinesOf(group, day) }),
    limit,
    offset,
  }
}

/** Returns undefined where the ranges must be read apart. */
function joined(one: DueRange, next: DueRange): DueRange | undefined {
  if (one.isCompleted || next.isCompleted || !isWhole(one) || !isWhole(next)) return undefined
  const deadline = joinedDeadline(one.deadline, next.deadline)
  if (deadline === undefined) return undefined
  return {
    pages: [...one.pages, ...next.pages],
    isCompleted: false,
    ...(deadline === 'any' ? {} : { deadline }),
    limit: one.limit + next.limit,
    offset: 0,
  }
}

function isWhole({ pages }: DueRange): boolean {
  return pages.every(({ limit, offset, total }) => offset === 0 && total <= limit)
}

type Dates = RequestedTasks['deadline']

function joinedDeadline(one: Dates, next: Dates): Dates | 'any' {
  if (one === undefined || next === undefined || one === 'none') return undefined
  const isFromTheFirst = one.from === undefined
  // Together with the tasks without a date, these are all open tasks.
  if (next === 'none') return isFromTheFirst && one.before === undefined ? 'any' : undefined
  return {
    ...(isFromTheFirst ? {} : { from: one.from }),
    ...(next.before === undefined ? {} : { before: next.before }),
  }
}

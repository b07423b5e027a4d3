// Groups a workspace's tasks: overdue ones first; completed ones by completion, latest first.
import type { Task } from '../world/entities.ts'
import type { World } from '../world/world.ts'
import type { View } from './addresses.ts'

export const pageSize = 100

export type TaskGroup = { readonly title: string; readonly isLate: boolean; readonly tasks: Task[] }

export type TaskList = {
  readonly groups: readonly TaskGroup[]
  readonly page: number
  readonly pages: number
  readonly counts: Readonly<Record<View, number>>
}

export type ListQuery = { readonly view: View; readonly page: number; readonly now: number }

export function listTasks(world: World, workspaceId: string, query: ListQuery): TaskList {
  const { view, now } = query
  const all = world.taskOrder(workspaceId, 'completed_at:desc')
  const done = all.filter((task) => task.isCompleted)
  const open = all.filter((task) => !task.isCompleted)
  const order = view === 'done' ? done : open.sort(byDeadline)
  const pages = Math.max(1, Math.ceil(order.length / pageSize))
  const page = Math.min(query.page, pages)
  const shown = order.slice((page - 1) * pageSize, page * pageSize)
  return {
    groups: view === 'done' ? groupDone(shown) : groupOpen(shown, now),
    page,
    pages,
    counts: { open: open.length, done: done.length },
  }
}

function byDeadline(a: Task, b: Task): number {
  return (a.deadlineAt ?? Infinity) - (b.deadlineAt ?? Infinity) || a.createdAt - b.createdAt
}

function groupDone(tasks: Task[]): TaskGroup[] {
  return tasks.length === 0 ? [] : [{ title: 'Done', isLate: false, tasks }]
}

const titles = ['Overdue', 'Today', 'Upcoming', 'No deadline'] as const

function groupOpen(tasks: readonly Task[], now: number): TaskGroup[] {
  const groups = Map.groupBy(tasks, (task) => titleOf(task, now))
  return titles.flatMap((title) => {
    const members = groups.get(title)
    return members ? [{ title, isLate: title === 'Overdue', tasks: members }] : []
  })
}

const dayMs = 86_400_000

function titleOf({ deadlineAt }: Task, now: number): (typeof titles)[number] {
  if (deadlineAt === null) return 'No deadline'
  if (deadlineAt < now) return 'Overdue'
  return Math.floor(deadlineAt / dayMs) === Math.floor(now / dayMs) ? 'Today' : 'Upcoming'
}

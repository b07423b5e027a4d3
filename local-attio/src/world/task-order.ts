// A workspace's tasks in each order of Attio, sorted once per change instead of once per request, so
// that every page costs the same.
import type { Collection } from './collection.ts'
import type { Task } from './entities.ts'

export const taskSorts = [
  'created_at:asc',
  'created_at:desc',
  'completed_at:asc',
  'completed_at:desc',
] as const

export type TaskSort = (typeof taskSorts)[number]

export type TaskOrder = (workspaceId: string, sort: TaskSort) => readonly Task[]

export function createTaskOrder(tasks: Collection<Task>): TaskOrder {
  const tasksOf = tasks.groupBy((task) => task.workspaceId)
  const sorted = new Map<string, Map<TaskSort, readonly Task[]>>()

  tasks.watch({
    changed: (before, after) => {
      sorted.delete(after?.workspaceId ?? before?.workspaceId ?? '')
    },
  })

  return (workspaceId, sort) => {
    const known = sorted.get(workspaceId)?.get(sort)
    if (known) return known
    const order = tasksOf(workspaceId).sort(comparisons[sort])
    const orders = sorted.get(workspaceId) ?? new Map<TaskSort, readonly Task[]>()
    sorted.set(workspaceId, orders.set(sort, order))
    return order
  }
}

type Comparison = (a: Task, b: Task) => number

// Equal instants keep the order of creation, because sorting is stable.
const oldestFirst: Comparison = (a, b) => a.createdAt - b.createdAt

const comparisons: Readonly<Record<TaskSort, Comparison>> = {
  'created_at:asc': oldestFirst,
  'created_at:desc': (a, b) => oldestFirst(b, a),
  // Open tasks first, then the ones completed longest ago.
  'completed_at:asc': (a, b) => (a.completedAt ?? -Infinity) - (b.completedAt ?? -Infinity) || 0,
  // Completed most recently first, then the open ones.
  'completed_at:desc': (a, b) => (b.completedAt ?? -Infinity) - (a.completedAt ?? -Infinity) || 0,
}

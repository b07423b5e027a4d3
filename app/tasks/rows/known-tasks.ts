// Tasks that were read before. A row that says the same as before gives the same object, so what was made of a task, such
// as its names and its HTML, can be kept with that object.
import type { ShownTask } from './task-row.ts'

const mostKnown = 2_000
/** Longer texts are not kept. */
const longestText = 2_000

const known = new Map<string, ShownTask>()

/** Returns the equal task that was read before; otherwise this one. */
export function knownTask(task: ShownTask): ShownTask {
  const key = task.connectionId + task.taskId
  const before = known.get(key)
  if (before !== undefined && isEqual(before, task)) return before
  if (known.size >= mostKnown) known.clear()
  if (task.content.length <= longestText) known.set(key, task)
  return task
}

/** Equal lists of IDs and links are mostly the same list (pending.ts). */
function isEqual(one: ShownTask, other: ShownTask): boolean {
  return (
    one.content === other.content &&
    one.deadlineAt === other.deadlineAt &&
    one.isCompleted === other.isCompleted &&
    one.completedAt === other.completedAt &&
    one.assigneeIds === other.assigneeIds &&
    one.linkedRecords === other.linkedRecords &&
    one.createdBy === other.createdBy &&
    one.createdAt === other.createdAt &&
    one.observedAt === other.observedAt &&
    one.isPending === other.isPending &&
    one.isProvisional === other.isProvisional &&
    one.requestedBy === other.requestedBy
  )
}

/** Makes every task anew, and so all that is kept with it. */
export function forgetKnownTasks(): void {
  known.clear()
}

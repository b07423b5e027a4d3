// Takes in what Attio said of tasks: what is newer and differs is written, what is on its way stays over it, and what went
// meanwhile stays gone.
import type { Db } from '../database/tables.ts'
import type { ConnectionId, TaskId } from '../support/ids.ts'
import type { ChangesUnderWay } from './pending.ts'
import { listRemovedSince, noteRemoved } from './removed-task-store.ts'
import {
  clockSetBackMs,
  listPendingIds,
  lockTask,
  removeTask,
  saveTasks,
  writeTask,
} from './task-store.ts'
import type { MirroredTask } from './task-row.ts'

/** Inside a transaction; all tasks are of one connection. Returns how many rows were written. */
export async function saveObserved(
  changes: ChangesUnderWay,
  db: Db,
  tasks: readonly MirroredTask[],
): Promise<number> {
  const [first] = tasks
  if (first === undefined) return 0
  const { connectionId } = first
  const earliest = Math.min(...tasks.map(({ observedAt }) => observedAt))
  const removed = await listRemovedSince(db, connectionId, earliest)
  const twins = await listTwins(changes, db, connectionId, tasks)
  const there = tasks.filter(({ taskId }) => !removed.has(taskId) && !twins.has(taskId))
  let written = await saveTasks(db, connectionId, there)
  const taskIds = there.map(({ taskId }) => taskId)
  const pending = new Set(await listPendingIds(db, connectionId, taskIds))
  for (const task of there) {
    if (pending.has(task.taskId) && (await saveUnderChanges(changes, db, task))) written += 1
  }
  return written
}

/** Nobody sees a task twice: what is shown as on its way is not shown as arrived as well. */
async function listTwins(
  changes: ChangesUnderWay,
  db: Db,
  connectionId: ConnectionId,
  tasks: readonly MirroredTask[],
): Promise<ReadonlySet<TaskId>> {
  const twins = new Set<TaskId>()
  for (const taskId of await changes.awaited(db, connectionId, tasks)) {
    const isKnown = (await lockTask(db, connectionId, taskId)) !== undefined
    if (!isKnown) twins.add(taskId)
  }
  return twins
}

async function saveUnderChanges(
  changes: ChangesUnderWay,
  db: Db,
  task: MirroredTask,
): Promise<boolean> {
  const stored = await lockTask(db, task.connectionId, task.taskId)
  if (stored === undefined || isOlder(task, stored.observed)) return false
  const pending = await changes.observed(db, task)
  await writeTask(db, { observed: task, pending, isProvisional: false })
  return true
}

function isOlder(task: MirroredTask, known: MirroredTask): boolean {
  return task.observedAt < known.observedAt && task.observedAt >= known.observedAt - clockSetBackMs
}

/** Attio said 404: the row goes, and whatever was on its way for it is settled. Inside a transaction. */
export async function saveGone(
  changes: ChangesUnderWay,
  db: Db,
  gone: { readonly connectionId: ConnectionId; readonly taskId: TaskId; readonly at: number },
): Promise<void> {
  const { connectionId, taskId, at } = gone
  const stored = await lockTask(db, connectionId, taskId)
  if (stored?.pending !== undefined) await changes.gone(db, connectionId, taskId)
  await removeTask(db, connectionId, taskId)
  await noteRemoved(db, connectionId, taskId, at)
}

// The only way to write a task's row: with an observation from Attio, after the task is gone, or after people's
// changes to it have changed. The row is locked once, its unfinished changes are listed once, and it is written once,
// all inside the caller's transaction.
import type { Db } from '../../database/tables.ts'
import { finishLeased, type FinishedChange } from '../change-rows/change-queue-store.ts'
import { listUnfinished, rebaseNext } from '../change-rows/change-sequence-store.ts'
import { isRemovedSince, listRemovedSince, noteRemoved } from './removed-task-store.ts'
import type { StoredChange } from '../change-rows/stored-change.ts'
import { clockSetBackMs, listPendingIds, saveTasks } from './synced-task-store.ts'
import { addTask, lockTask, removeTask } from './task-store.ts'
import { isSameTask, type MirroredTask, type StoredTask } from './task-row.ts'
import type { Known, News, ObserveParts, TaskKey } from './news.ts'
import { endWithTask, settleConflicts } from './settle-conflicts.ts'
import { makeFirstDue, writeShown } from './write-shown.ts'
import { listTwins, listUnknownTwins } from './twins.ts'

/** Returns true when the row was written or removed. */
export async function observe(
  parts: ObserveParts,
  db: Db,
  key: TaskKey,
  news: News,
  known: Known = {},
): Promise<boolean> {
  const { connectionId, taskId } = key
  const stored =
    known.locked === undefined
      ? await lockTask(db, connectionId, taskId)
      : (known.locked ?? undefined)
  const isClean = stored !== undefined && stored.pending === undefined && !stored.isProvisional
  // Unfinished changes leave a pending part in the row, so a row without one has none.
  const unfinished =
    known.unfinished ??
    (isClean && news.kind !== 'changed' && known.hasChanged !== true
      ? []
      : await listUnfinished(db, connectionId, taskId))
  switch (news.kind) {
    case 'gone':
      for (const change of unfinished) {
        if (change.kind !== 'note') await endWithTask(parts, db, change)
      }
      await removeTask(db, connectionId, taskId)
      await noteRemoved(db, connectionId, taskId, news.at)
      // A note is on a record, so it is sent even though the task is gone.
      await makeFirstDue(
        parts,
        db,
        unfinished.find(({ kind }) => kind === 'note'),
      )
      return true
    case 'changed':
      return await writeShown(parts, db, { stored, observed: stored?.observed, unfinished, known })
    case 'observed': {
      const { task } = news
      if (!(await isNews(db, stored, task, known.isOurs === true))) {
        if (known.hasChanged !== true) return false
        return await writeShown(parts, db, {
          stored,
          observed: stored?.observed,
          unfinished,
          known,
        })
      }
      // A row that does not exist cannot be locked: another transaction may add it, with its changes, at this moment.
      if (stored === undefined && unfinished.length === 0) {
        const requestedBy = known.requestedBy ?? null
        const row = { observed: task, pending: undefined, isProvisional: false, requestedBy }
        if (await addTask(db, row)) return true
        const { locked: _locked, unfinished: _unfinished, ...rest } = known
        return await observe(parts, db, key, news, rest)
      }
      const remaining = await settleConflicts(parts, db, { unfinished, task, own: known.own })
      return await writeShown(parts, db, { stored, observed: task, unfinished: remaining, known })
    }
  }
}

/**
 * Observes the tasks of one connection that a sync read. Most are unchanged, and few have unfinished changes. Returns
 * how many rows were written or removed.
 */
export async function observeMany(
  parts: ObserveParts,
  db: Db,
  tasks: readonly MirroredTask[],
): Promise<number> {
  const [first] = tasks
  if (first === undefined) return 0
  const { connectionId } = first
  const earliest = Math.min(...tasks.map(({ observedAt }) => observedAt))
  const removed = await listRemovedSince(db, connectionId, earliest)
  const twins = await listUnknownTwins(db, connectionId, tasks)
  const there = tasks.filter(({ taskId }) => !removed.has(taskId) && !twins.has(taskId))
  let written = await saveTasks(db, connectionId, there)
  const taskIds = there.map(({ taskId }) => taskId)
  const pending = new Set(await listPendingIds(db, connectionId, taskIds))
  for (const task of there) {
    if (!pending.has(task.taskId)) continue
    if (await observe(parts, db, task, { kind: 'observed', task })) written += 1
  }
  return written
}

/**
 * Finishes a change and observes its task in one step. Returns false, and writes nothing, when the worker has lost
 * its lease.
 */
export async function finishChange(
  parts: ObserveParts,
  db: Db,
  change: StoredChange,
  end: FinishedChange,
  news: News = { kind: 'changed' },
): Promise<boolean> {
  // The row is locked first, so that no change is added behind this one without being made due.
  const locked = (await lockTask(db, change.connectionId, change.taskId)) ?? null
  if (!(await finishLeased(db, change, end))) return false
  if (end.status === 'failed' && change.kind === 'update') await rebaseNext(db, change)
  await observe(parts, db, change, news, { locked, hasChanged: true })
  return true
}

/** True when the observation is newer than the row, differs from it, and is not about a task that is known to be gone. */
async function isNews(
  db: Db,
  stored: StoredTask | undefined,
  task: MirroredTask,
  isOurs: boolean,
): Promise<boolean> {
  const { connectionId, taskId, observedAt } = task
  if (stored === undefined) {
    if (await isRemovedSince(db, connectionId, taskId, observedAt)) return false
    return isOurs || !(await listTwins(db, connectionId, [task])).has(taskId)
  }
  const known = stored.observed.observedAt
  // A much older observation counts as newer: the clock was ahead and has been set right since.
  if (observedAt < known && observedAt >= known - clockSetBackMs) return false
  return stored.pending !== undefined || !isSameTask(task, stored.observed)
}

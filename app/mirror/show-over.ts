// For the transactions of whoever lays something over a task: its row is kept from everybody else, then shown anew.
import type { Db } from '../database/tables.ts'
import type { ConnectionId, TaskId } from '../support/ids.ts'
import { shownOver, type Pending } from './pending.ts'
import { lockTask, removeTask, writeTask } from './task-store.ts'
import type { MirroredTask } from './task-row.ts'

/** A task whose row nobody else writes until the transaction ends. */
export interface KeptTask {
  readonly observed: MirroredTask
  /** As a person sees it. */
  readonly shown: MirroredTask
  readonly isHidden: boolean
  /** Attio does not have it yet. */
  readonly isProvisional: boolean
  /** Shows something else over it from now on; undefined for nothing. */
  readonly show: (pending: Pending | undefined) => Promise<void>
}

export async function keepTask(
  db: Db,
  connectionId: ConnectionId,
  taskId: TaskId,
): Promise<KeptTask | undefined> {
  const stored = await lockTask(db, connectionId, taskId)
  if (stored === undefined) return undefined
  return {
    observed: stored.observed,
    shown: shownOver(stored.observed, stored.pending),
    isHidden: stored.pending?.isHidden === true,
    isProvisional: stored.isProvisional,
    show: (pending) => writeTask(db, { ...stored, pending }),
  }
}

/** Shows a task that Attio does not have yet. */
export async function showProvisional(db: Db, task: MirroredTask, pending: Pending): Promise<void> {
  await writeTask(db, { observed: task, pending, isProvisional: true })
}

/** Attio has it now, under an id of its own; or it is given up. */
export async function removeProvisional(
  db: Db,
  connectionId: ConnectionId,
  taskId: TaskId,
): Promise<void> {
  await removeTask(db, connectionId, taskId)
}

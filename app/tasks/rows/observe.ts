// The only way to write a task's row: with an observation from Attio, after the task is gone, or after people's
// changes to it have changed. The row is locked once, its unfinished changes are listed once, and it is written once,
// all inside the caller's transaction.
import type { Db } from '../../database/tables.ts'
import type { Clock } from '../../support/clock.ts'
import { sha256Base64Url } from '../../support/hash.ts'
import {
  asChangeId,
  type ConnectionId,
  type Ids,
  type MemberId,
  type TaskId,
} from '../../support/ids.ts'
import { finishLeased, type FinishedChange } from '../change-rows/change-queue-store.ts'
import { notYet } from '../../work/work.ts'
import { changeLease } from '../change-rows/change-states.ts'
import {
  listUnfinished,
  makeDue,
  rebaseNext,
  splitOff,
} from '../change-rows/change-sequence-store.ts'
import { endChange } from '../change-rows/change-store.ts'
import { dueAt } from '../change-rows/due-at.ts'
import { findConflicts } from './find-conflicts.ts'
import {
  hasUnknownCreates,
  listKnownCreations,
  listUnknownHashes,
} from '../change-rows/lost-create-store.ts'
import { isRemovedSince, listRemovedSince, noteRemoved } from './removed-task-store.ts'
import { fieldsOf, only, without, type PatchField } from '../change-rows/same-field.ts'
import { shownMeanwhile } from './shown-meanwhile.ts'
import type { StoredChange } from '../change-rows/stored-change.ts'
import { clockSetBackMs, listPendingIds, saveTasks } from './synced-task-store.ts'
import { addTask, lockTask, removeTask, writeTask } from './task-store.ts'
import { isSameTask, type MirroredTask, type StoredTask } from './task-row.ts'

export interface ObserveParts {
  readonly clock: Clock
  readonly ids: Ids
}

export interface TaskKey {
  readonly connectionId: ConnectionId
  readonly taskId: TaskId
}

export type News =
  /** Attio returned the task. */
  | { readonly kind: 'observed'; readonly task: MirroredTask }
  /** Attio has no such task; `at` is when it was asked. */
  | { readonly kind: 'gone'; readonly at: number }
  /** Changes of the task were recorded, ended, moved or revived. */
  | { readonly kind: 'changed' }

export interface Known {
  /** The row, when the caller has locked it already; null when there is none. */
  readonly locked?: StoredTask | null
  /** The unfinished changes, when the caller has listed them under that lock. */
  readonly unfinished?: readonly StoredChange[]
  /** The change for which Attio was asked; its own lease does not count as being sent. */
  readonly own?: StoredChange
  /** True when one of Taskr's own changes is known to have created the task. */
  readonly isOurs?: boolean
  /** The member for whom Taskr creates the task, when the row does not say so yet. */
  readonly requestedBy?: MemberId | null
  /** True when the task's changes have changed as well: the row is written even when Attio reports nothing new. */
  readonly hasChanged?: boolean
}

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
      return await show(parts, db, { stored, observed: stored?.observed, unfinished, known })
    case 'observed': {
      const { task } = news
      if (!(await isNews(db, stored, task, known.isOurs === true))) {
        if (known.hasChanged !== true) return false
        return await show(parts, db, { stored, observed: stored?.observed, unfinished, known })
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
      return await show(parts, db, { stored, observed: task, unfinished: remaining, known })
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

/** Takes from each change the fields that someone changed in Attio first, and returns the changes that are still to be sent. */
async function settleConflicts(
  parts: ObserveParts,
  db: Db,
  {
    unfinished,
    task,
    own,
  }: {
    readonly unfinished: readonly StoredChange[]
    readonly task: MirroredTask
    readonly own: StoredChange | undefined
  },
): Promise<readonly StoredChange[]> {
  const now = parts.clock.now()
  // Attio's values may come from a change that a worker is sending right now, so conflicts are settled after its
  // answer.
  const isAway = (change: StoredChange): boolean =>
    changeLease.isHeld(change, now) && change.changeId !== own?.changeId
  if (unfinished.length === 0 || unfinished.some(isAway)) return unfinished
  const conflicts = findConflicts(unfinished, task)
  const remaining: StoredChange[] = []
  for (const change of unfinished) {
    const fields = conflicts.get(change)
    const left = fields === undefined ? change : await lose(parts, db, change, fields)
    if (left !== undefined) remaining.push(left)
  }
  return remaining
}

/** Fails the lost fields of a change. Returns the rest of it, if any. */
async function lose(
  { clock, ids }: ObserveParts,
  db: Db,
  change: StoredChange,
  fields: readonly PatchField[],
): Promise<StoredChange | undefined> {
  const problem = { kind: 'conflict', fields } as const
  const rest = without(change.wanted, fields)
  if (fieldsOf(rest).length > 0) {
    const wanted = only(change.wanted, fields)
    await splitOff(db, change, { changeId: asChangeId(ids()), wanted, rest, problem })
    return { ...change, wanted: rest }
  }
  const end = { status: 'failed', problem, at: clock.now() } as const
  await endChange(db, change, { status: [change.status] }, end)
  return undefined
}

/** Ends a change whose task is gone: a deletion or the last step of a replacement is done, any other change fails. */
async function endWithTask({ clock }: ObserveParts, db: Db, change: StoredChange): Promise<void> {
  const isDone = change.kind === 'delete' || change.createdTaskId !== undefined
  const end = isDone
    ? ({ status: 'done' } as const)
    : ({ status: 'failed', problem: { kind: 'gone' } } as const)
  await endChange(db, change, { status: [change.status] }, { ...end, at: clock.now() })
}

/** Writes the row once, and makes the first unfinished change due. */
async function show(
  { clock }: ObserveParts,
  db: Db,
  {
    stored,
    observed,
    unfinished,
    known,
  }: {
    readonly stored: StoredTask | undefined
    readonly observed: MirroredTask | undefined
    readonly unfinished: readonly StoredChange[]
    readonly known: Known
  },
): Promise<boolean> {
  const [first] = unfinished
  const create = unfinished.find(({ kind }) => kind === 'create')
  const provisional = create && provisionalTask(create)
  const under = provisional?.observed ?? observed
  const pending = shownMeanwhile(unfinished, under ?? noLists)
  if (provisional !== undefined) {
    await writeTask(db, { ...provisional, pending: pending ?? {} })
  } else if (stored?.isProvisional === true && observed === stored.observed) {
    // The create was withdrawn or failed, so the task does not exist.
    await removeTask(db, stored.observed.connectionId, stored.observed.taskId)
  } else if (observed !== undefined) {
    const requestedBy = stored?.requestedBy ?? known.requestedBy ?? null
    await writeTask(db, { observed, pending, isProvisional: false, requestedBy })
  }
  await makeFirstDue({ clock }, db, first)
  return true
}

async function makeFirstDue(
  { clock }: Pick<ObserveParts, 'clock'>,
  db: Db,
  first: StoredChange | undefined,
): Promise<void> {
  if (first?.nextAttemptAt === notYet) await makeDue(db, first, dueAt(clock)(first))
}

const noLists = { assigneeIds: [], linkedRecords: [] }

/** Returns the row of a task that Attio does not have yet; its ID is that of the change that creates it. */
function provisionalTask(create: StoredChange): Omit<StoredTask, 'pending'> {
  const { content = '', deadlineAt = null, assigneeIds = [], linkedRecords = [] } = create.wanted
  const observed: MirroredTask = {
    connectionId: create.connectionId,
    taskId: create.taskId,
    content,
    deadlineAt,
    isCompleted: false,
    completedAt: null,
    assigneeIds,
    linkedRecords,
    createdBy: null,
    createdAt: create.createdAt,
    observedAt: create.createdAt,
  }
  return { observed, isProvisional: true, requestedBy: create.memberId ?? null }
}

/** Returns the twins that have no row yet. */
async function listUnknownTwins(
  db: Db,
  connectionId: ConnectionId,
  tasks: readonly MirroredTask[],
): Promise<ReadonlySet<TaskId>> {
  const unknown = new Set<TaskId>()
  for (const taskId of await listTwins(db, connectionId, tasks)) {
    if ((await lockTask(db, connectionId, taskId)) === undefined) unknown.add(taskId)
  }
  return unknown
}

/**
 * Returns the tasks that a create with a lost answer seems to have made. The create's own row shows the task until it
 * is found, so a second row would show it twice.
 */
async function listTwins(
  db: Db,
  connectionId: ConnectionId,
  tasks: readonly MirroredTask[],
): Promise<ReadonlySet<TaskId>> {
  const made = tasks.filter(({ createdBy }) => createdBy?.startsWith('app:') === true)
  if (made.length === 0 || !(await hasUnknownCreates(db, connectionId))) return new Set()
  const hashes = new Map(
    made.map(({ taskId, content }) => [taskId, sha256Base64Url(content)] as const),
  )
  const lost = await listUnknownHashes(db, connectionId, [...new Set(hashes.values())])
  const ids = made.map(({ taskId }) => taskId).filter((id) => lost.has(hashes.get(id) ?? ''))
  const known = await listKnownCreations(db, ids)
  return new Set(ids.filter((taskId) => !known.has(taskId)))
}

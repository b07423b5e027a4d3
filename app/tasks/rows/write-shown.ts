// Writes a task's row as people see it: what Attio said, with the unfinished changes laid over it.
import type { Db } from '../../database/tables.ts'
import { notYet } from '../../work/work.ts'
import { makeDue } from '../change-rows/change-sequence-store.ts'
import { dueAt } from '../change-rows/due-at.ts'
import { shownMeanwhile } from './shown-meanwhile.ts'
import type { StoredChange } from '../change-rows/stored-change.ts'
import { removeTask, writeTask } from './task-store.ts'
import type { MirroredTask, StoredTask } from './task-row.ts'
import type { Known, ObserveParts } from './news.ts'

/** Writes the row once, and makes the first unfinished change due. */
export async function writeShown(
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

export async function makeFirstDue(
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

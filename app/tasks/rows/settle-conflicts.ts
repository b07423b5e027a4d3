// Ends changes, or parts of them, that Attio's news has overtaken.
import type { Db } from '../../database/tables.ts'
import { asChangeId } from '../../support/ids.ts'
import { changeLease } from '../change-rows/change-states.ts'
import { splitOff } from '../change-rows/change-sequence-store.ts'
import { endChange } from '../change-rows/change-store.ts'
import { findConflicts } from './find-conflicts.ts'
import { fieldsOf, only, without, type PatchField } from '../change-rows/same-field.ts'
import type { StoredChange } from '../change-rows/stored-change.ts'
import type { MirroredTask } from './task-row.ts'
import type { ObserveParts } from './news.ts'

/** Takes from each change the fields that someone changed in Attio first, and returns the changes that are still to be sent. */
export async function settleConflicts(
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
export async function endWithTask(
  { clock }: ObserveParts,
  db: Db,
  change: StoredChange,
): Promise<void> {
  const isDone = change.kind === 'delete' || change.createdTaskId !== undefined
  const end = isDone
    ? ({ status: 'done' } as const)
    : ({ status: 'failed', problem: { kind: 'gone' } } as const)
  await endChange(db, change, { status: [change.status] }, { ...end, at: clock.now() })
}

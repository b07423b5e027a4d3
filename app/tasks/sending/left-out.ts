// Attio leaves links to records that no longer exist out of a task without a word. What came back is therefore compared
// with what was sent, and what is missing becomes a failed change, so that the person sees it.
import type { Db } from '../../database/tables.ts'
import { asChangeId, type TaskId } from '../../support/ids.ts'
import type { ChangeParts } from '../change-parts.ts'
import { addFailed } from '../change-rows/change-sequence-store.ts'
import { editLists, fieldsOf, type TaskLists } from '../change-rows/same-field.ts'
import type { StoredChange } from '../change-rows/stored-change.ts'

/** Returns what the change adds to the task's lists and Attio's answer lacks. */
export function leftOut(
  { base, wanted }: Pick<StoredChange, 'base' | 'wanted'>,
  answer: TaskLists,
): Partial<TaskLists> {
  const { assigneeIds, linkedRecords } = editLists(answer, { from: base, to: wanted })
  const members = new Set(answer.assigneeIds)
  const records = new Set(answer.linkedRecords.map(({ recordId }) => recordId))
  const missingMembers = assigneeIds?.filter((memberId) => !members.has(memberId)) ?? []
  const missingLinks = linkedRecords?.filter(({ recordId }) => !records.has(recordId)) ?? []
  return {
    ...(missingMembers.length > 0 && { assigneeIds: missingMembers }),
    ...(missingLinks.length > 0 && { linkedRecords: missingLinks }),
  }
}

/** Adds a failed change that would add what Attio left out. Does nothing when that is nothing. */
export async function noteLeftOut(
  { ids }: Pick<ChangeParts, 'ids'>,
  db: Db,
  change: StoredChange,
  missing: Partial<TaskLists>,
  taskId: TaskId = change.taskId,
): Promise<void> {
  const fields = fieldsOf(missing)
  if (fields.length === 0) return
  const content = change.wanted.content ?? change.base.content ?? ''
  await addFailed(db, change, {
    changeId: asChangeId(ids()),
    taskId,
    wanted: missing,
    base: { content, assigneeIds: [], linkedRecords: [] },
    problem: { kind: 'left-out', fields },
  })
}

// Combines the unfinished changes of a task, in order, into the pending part of its row.
import type { Pending } from './pending.ts'
import { editLists, type TaskLists } from '../change-rows/same-field.ts'
import { isUnfinished, type StoredChange } from '../change-rows/stored-change.ts'

/** Returns undefined when no change is unfinished. `lists` are the task's lists without the changes. */
export function shownMeanwhile(
  changes: readonly StoredChange[],
  lists: TaskLists,
): Pending | undefined {
  const underWay = changes.filter(isUnfinished)
  if (underWay.length === 0) return undefined
  return underWay.reduce<Pending>((shown, change) => {
    const { assigneeIds = lists.assigneeIds, linkedRecords = lists.linkedRecords } = shown
    return { ...shown, ...effectOf(change, { assigneeIds, linkedRecords }) }
  }, {})
}

function effectOf(change: StoredChange, now: TaskLists): Pending {
  switch (change.kind) {
    // A create's row shows the new task already, and a task does not show its notes.
    case 'create':
    case 'note':
      return {}
    case 'delete':
      return { isHidden: true }
    case 'replace':
      if (change.createdTaskId !== undefined) return { isHidden: true }
      return change.wanted.content === undefined ? {} : { content: change.wanted.content }
    case 'update': {
      const { deadlineAt, isCompleted } = change.wanted
      const { assigneeIds, linkedRecords } = editLists(now, {
        from: change.base,
        to: change.wanted,
      })
      return {
        ...(deadlineAt !== undefined && { deadlineAt }),
        ...(assigneeIds !== undefined && { assigneeIds: [...assigneeIds] }),
        ...(linkedRecords !== undefined && { linkedRecords: [...linkedRecords] }),
        ...(isCompleted !== undefined && {
          isCompleted,
          completedAt: isCompleted ? change.createdAt : null,
        }),
      }
    }
  }
}

// Combines the unfinished changes of a task, in order, into the pending part of its row.
import type { Pending } from './pending.ts'
import { isUnfinished, type StoredChange } from './stored-change.ts'

/** Returns undefined when no change is unfinished. */
export function shownMeanwhile(changes: readonly StoredChange[]): Pending | undefined {
  const underWay = changes.filter(isUnfinished)
  if (underWay.length === 0) return undefined
  return underWay.reduce<Pending>((shown, change) => ({ ...shown, ...effectOf(change) }), {})
}

function effectOf(change: StoredChange): Pending {
  switch (change.kind) {
    // A create's row shows the new task already.
    case 'create':
      return {}
    case 'delete':
      return { isHidden: true }
    case 'replace':
      if (change.createdTaskId !== undefined) return { isHidden: true }
      return change.wanted.content === undefined ? {} : { content: change.wanted.content }
    case 'update': {
      const { deadlineAt, isCompleted, assigneeIds, linkedRecords } = change.wanted
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

// What is laid over a task while changes of it are under way, in the order in which they were made.
import type { Pending } from './pending.ts'
import { isUnfinished, type StoredChange } from './stored-change.ts'

/** Undefined when nothing is under way. */
export function shownMeanwhile(changes: readonly StoredChange[]): Pending | undefined {
  const underWay = changes.filter(isUnfinished)
  if (underWay.length === 0) return undefined
  return underWay.reduce<Pending>((shown, change) => ({ ...shown, ...effectOf(change) }), {})
}

function effectOf(change: StoredChange): Pending {
  switch (change.kind) {
    // Its row is what it creates.
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

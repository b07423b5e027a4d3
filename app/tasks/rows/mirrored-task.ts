// Converts a task from the Attio client to the mirror's form.
import type { Task } from '@taskr/attio'
import { wellFormed } from '../../support/visible-text.ts'
import { asMemberId, asTaskId, type ConnectionId } from '../../support/ids.ts'
import type { MirroredTask } from './task-row.ts'

export function mirroredTask(
  connectionId: ConnectionId,
  task: Task,
  observedAt: number,
): MirroredTask {
  return {
    connectionId,
    taskId: asTaskId(task.id),
    content: wellFormed(task.content),
    deadlineAt: task.deadlineDay ?? task.deadlineAt,
    isCompleted: task.isCompleted,
    completedAt: task.completedAt,
    assigneeIds: task.assigneeIds.map(asMemberId),
    linkedRecords: task.linkedRecords.map((link) => ({
      targetObject: link.targetObject,
      recordId: link.targetRecordId,
    })),
    createdBy: task.createdBy === null ? null : `${task.createdBy.type}:${task.createdBy.id ?? ''}`,
    createdAt: task.createdAt,
    observedAt,
  }
}

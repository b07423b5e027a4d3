// A task as the mirror keeps it, and as a row of its table: lists are JSON text there, truth is 0 or 1.
import type { Insertable, Selectable } from 'kysely'
import { z } from 'zod'
import type { Tables } from '../database/tables.ts'
import { asMemberId, type ConnectionId, type MemberId, type TaskId } from '../support/ids.ts'

export interface MirroredTask {
  readonly connectionId: ConnectionId
  readonly taskId: TaskId
  readonly content: string
  readonly deadlineAt: number | null
  readonly isCompleted: boolean
  readonly completedAt: number | null
  readonly assigneeIds: readonly MemberId[]
  readonly linkedRecords: readonly MirroredLink[]
  /** `type:id` of whoever created it in Attio. */
  readonly createdBy: string | null
  readonly createdAt: number
  /** When this was true. */
  readonly observedAt: number
}

export interface MirroredLink {
  readonly targetObject: string
  readonly recordId: string
}

export function toRow(task: MirroredTask): Insertable<Tables['tasks']> {
  return {
    connection_id: task.connectionId,
    task_id: task.taskId,
    content: task.content,
    deadline_at: task.deadlineAt,
    is_completed: task.isCompleted ? 1 : 0,
    completed_at: task.completedAt,
    assignee_ids: JSON.stringify(task.assigneeIds),
    linked_records: JSON.stringify(task.linkedRecords),
    created_by: task.createdBy,
    created_at: task.createdAt,
    observed_at: task.observedAt,
  }
}

const storedIds = z.array(z.string().transform(asMemberId))
export const storedLinks = z.array(z.object({ targetObject: z.string(), recordId: z.string() }))

export function fromRow(row: Selectable<Tables['tasks']>): MirroredTask {
  return {
    connectionId: row.connection_id,
    taskId: row.task_id,
    content: row.content,
    deadlineAt: row.deadline_at,
    isCompleted: row.is_completed === 1,
    completedAt: row.completed_at,
    assigneeIds: storedIds.parse(JSON.parse(row.assignee_ids)),
    linkedRecords: storedLinks.parse(JSON.parse(row.linked_records)),
    createdBy: row.created_by,
    createdAt: row.created_at,
    observedAt: row.observed_at,
  }
}

// A task as the mirror stores it.
import type { ConnectionId, MemberId, TaskId } from '../../support/ids.ts'

/** Milliseconds since 1970, or a day like `2026-11-30` when Attio gives a date without a time. */
export type Deadline = number | string

export interface MirroredTask {
  readonly connectionId: ConnectionId
  readonly taskId: TaskId
  readonly content: string
  readonly deadlineAt: Deadline | null
  readonly isCompleted: boolean
  readonly completedAt: number | null
  readonly assigneeIds: readonly MemberId[]
  readonly linkedRecords: readonly MirroredLink[]
  /** The creator in Attio, as `type:id`. */
  readonly createdBy: string | null
  readonly createdAt: number
  /** When Attio had these values. */
  readonly observedAt: number
}

export interface MirroredLink {
  readonly targetObject: string
  readonly recordId: string
}

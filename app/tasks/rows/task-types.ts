// A task as the mirror stores it.
import type { ConnectionId, MemberId, TaskId } from '../../support/ids.ts'

export interface MirroredTask {
  readonly connectionId: ConnectionId
  readonly taskId: TaskId
  readonly content: string
  readonly deadlineAt: number | null
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

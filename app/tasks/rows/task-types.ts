// A task as the mirror knows it.
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

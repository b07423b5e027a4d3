// The news of a task that `observe` takes, and what its caller knows already.
import type { Clock } from '../../support/clock.ts'
import type { ConnectionId, Ids, MemberId, TaskId } from '../../support/ids.ts'
import type { StoredChange } from '../change-rows/stored-change.ts'
import type { MirroredTask, StoredTask } from './task-row.ts'

export interface ObserveParts {
  readonly clock: Clock
  readonly ids: Ids
}

export interface TaskKey {
  readonly connectionId: ConnectionId
  readonly taskId: TaskId
}

export type News =
  /** Attio returned the task. */
  | { readonly kind: 'observed'; readonly task: MirroredTask }
  /** Attio has no such task; `at` is when it was asked. */
  | { readonly kind: 'gone'; readonly at: number }
  /** Changes of the task were recorded, ended, moved or revived. */
  | { readonly kind: 'changed' }

export interface Known {
  /** The row, when the caller has locked it already; null when there is none. */
  readonly locked?: StoredTask | null
  /** The unfinished changes, when the caller has listed them under that lock. */
  readonly unfinished?: readonly StoredChange[]
  /** The change for which Attio was asked; its own lease does not count as being sent. */
  readonly own?: StoredChange
  /** True when one of Taskr's own changes is known to have created the task. */
  readonly isOurs?: boolean
  /** The member for whom Taskr creates the task, when the row does not say so yet. */
  readonly requestedBy?: MemberId | null
  /** True when the task's changes have changed as well: the row is written even when Attio reports nothing new. */
  readonly hasChanged?: boolean
}

// A person's change of a task, on its way to Attio: what they want, what they saw when they wanted it, and how far it
// has come.
import type { MirroredLink } from './task-row.ts'
import type { AccountId, ChangeId, ConnectionId, MemberId, TaskId } from '../../support/ids.ts'

/** What may be changed of a task that exists. Lists replace the whole set, as they do at Attio. */
export interface TaskPatch {
  /** Milliseconds since 1970; null for no deadline. */
  readonly deadlineAt?: number | null
  readonly isCompleted?: boolean
  readonly assigneeIds?: readonly MemberId[]
  readonly linkedRecords?: readonly MirroredLink[]
}

export interface NewTask {
  /** Plain text, 1 to 2,000 characters. */
  readonly content: string
  readonly deadlineAt: number | null
  readonly assigneeIds: readonly MemberId[]
  readonly linkedRecords: readonly MirroredLink[]
}

export type ChangeKind = 'create' | 'update' | 'delete' | 'replace'

/**
 * `pending`: nothing has left. `sent`: it may have reached Attio. `done`: Attio has it. `failed`: it stands as refused
 * until the person tries again or discards it. `withdrawn`: undone, or discarded.
 */
export type ChangeStatus = 'pending' | 'sent' | 'done' | 'failed' | 'withdrawn'

/** Why a change stands as refused, or what became of a part of it. */
export type ChangeProblem =
  /** Somebody changed the same in Attio meanwhile; theirs stands. */
  | { readonly kind: 'conflict'; readonly fields: readonly (keyof TaskPatch)[] }
  /** The task is no longer there. */
  | { readonly kind: 'gone' }
  /** The token lacks a scope for it, or Attio forbids it (403). */
  | { readonly kind: 'forbidden'; readonly said: string }
  /** Attio's own words for what it did not accept. */
  | { readonly kind: 'refused'; readonly status: number; readonly said: string }
  /** After a lost answer, several tasks look like the one that this change creates. */
  | { readonly kind: 'ambiguous'; readonly candidates: number }
  /** The new task stands, the old one could not be deleted. */
  | { readonly kind: 'left-twin'; readonly said: string }

/** A change as a person sees it in a list. */
export interface ChangeInList {
  readonly accountId: AccountId
  readonly changeId: ChangeId
  readonly connectionId: ConnectionId
  readonly taskId: TaskId
  readonly kind: ChangeKind
  /** The text of the task it is about; for `create` and `replace` the new text. */
  readonly content: string
  readonly wanted: TaskPatch & { readonly content?: string }
  readonly status: ChangeStatus
  readonly problem: ChangeProblem | undefined
  /** How often it was sent. */
  readonly attempts: number
  readonly createdAt: number
}

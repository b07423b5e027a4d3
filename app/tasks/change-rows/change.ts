// A person's change of a task: the wanted values, the values they saw, and how far the change has come.
import type { Deadline, MirroredLink } from '../rows/task-row.ts'
import type { AccountId, ChangeId, ConnectionId, MemberId, TaskId } from '../../support/ids.ts'

/** The fields of an existing task that can be changed. */
export interface TaskPatch {
  /** Null for no deadline. */
  readonly deadlineAt?: Deadline | null
  readonly isCompleted?: boolean
  readonly assigneeIds?: readonly MemberId[]
  readonly linkedRecords?: readonly MirroredLink[]
}

export interface NewTask {
  /** Plain text, 1 to 2,000 characters. */
  readonly content: string
  readonly deadlineAt: Deadline | null
  readonly assigneeIds: readonly MemberId[]
  readonly linkedRecords: readonly MirroredLink[]
}

/** A note on a linked record, which a person writes when they complete a task. */
export interface NewNote extends MirroredLink {
  readonly title: string
  /** Plain text. */
  readonly text: string
}

export type ChangeKind = 'create' | 'update' | 'delete' | 'replace' | 'note'

/**
 * `pending`: not sent. `sent`: it may have reached Attio. `done`: Attio has it. `failed`: refused, until the person
 * tries again or discards it. `withdrawn`: undone or discarded.
 */
export type ChangeStatus = 'pending' | 'sent' | 'done' | 'failed' | 'withdrawn'

/** Why a change failed, or a part of it. */
export type ChangeProblem =
  /** Someone changed the same fields in Attio first, and their values are kept. */
  | { readonly kind: 'conflict'; readonly fields: readonly (keyof TaskPatch)[] }
  /** The task no longer exists. */
  | { readonly kind: 'gone' }
  /** The token lacks a scope, or Attio forbids the change (403). */
  | { readonly kind: 'forbidden'; readonly said: string }
  /** Attio rejected the change; `said` is its message. */
  | { readonly kind: 'refused'; readonly status: number; readonly said: string }
  /** After a lost answer, several tasks or notes look like the one that this change created. */
  | { readonly kind: 'ambiguous'; readonly candidates: number }
  /** Attio left these out of the list that it was sent, for instance links to records that no longer exist. */
  | { readonly kind: 'left-out'; readonly fields: readonly (keyof TaskPatch)[] }
  /** The new task exists, but the old one could not be deleted. */
  | { readonly kind: 'left-twin'; readonly said: string }

/** A change as a person sees it in a list. */
export interface ChangeInList {
  readonly accountId: AccountId
  readonly changeId: ChangeId
  readonly connectionId: ConnectionId
  readonly taskId: TaskId
  readonly kind: ChangeKind
  /** The text of the task; for `create` and `replace` the new text, for `note` that of the note. */
  readonly content: string
  readonly wanted: TaskPatch & { readonly content?: string; readonly note?: NewNote }
  readonly status: ChangeStatus
  readonly problem: ChangeProblem | undefined
  /** How many times it was sent. */
  readonly attempts: number
  readonly createdAt: number
}

// The results of recording and of undoing a change.
import type { AccountId, ConnectionId, TaskId } from '../../support/ids.ts'
import type { ChangeInList } from '../change-rows/change.ts'

export interface TaskReference {
  readonly accountId: AccountId
  readonly connectionId: ConnectionId
  /** Attio's ID, or for a task not yet at Attio the ID of the change that creates it. */
  readonly taskId: TaskId
}

/** One key per rendered form, so that a form sent twice is one change (RL-28). At most 64 characters. */
export type RequestKey = string

export type Recorded =
  | { readonly kind: 'recorded'; readonly change: ChangeInList }
  /** The task already has these values, for instance after a second click. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly refusal: ChangeRefusal }

export type ChangeRefusal =
  | 'no-such-connection'
  | 'no-such-task'
  /** The connection lacks `task:read-write`. */
  | 'read-only'
  /** Attio no longer accepts the token; the person must reconnect first. */
  | 'needs-reconnect'
  | 'text-missing'
  /** The text has more than 2,000 characters. */
  | 'text-too-long'
  /** The member is suspended or not in the workspace. */
  | 'unknown-member'
  /** The seat may not change linked records. */
  | 'may-not-link'
  /** The connection lacks the scopes for notes. */
  | 'may-not-note'
  /** The note has more than 10,000 characters. */
  | 'note-too-long'
  /** The task is no longer linked to the record that the note is for. */
  | 'not-linked'
  /** The account has `mostOpenChanges` changes that Attio does not have yet. */
  | 'too-many-open'

/** Who made a change: the reader, or a colleague by name; undefined when the colleague is not known any more. */
export type ChangedBy =
  | { readonly kind: 'you' }
  | { readonly kind: 'colleague'; readonly name: string | undefined }

export type TakenBack =
  /** The change was not sent yet and is cancelled. */
  | { readonly kind: 'withdrawn'; readonly change: ChangeInList }
  /** The change was sent already, so another change reverses it. */
  | { readonly kind: 'reversed'; readonly change: ChangeInList }
  /** More than ten seconds have passed, the change is another account's, or it cannot be undone. */
  | { readonly kind: 'too-late' }
  | { readonly kind: 'refused'; readonly refusal: ChangeRefusal }
  /** The task no longer has the values that the change gave it. `by` is undefined when that happened in Attio. */
  | { readonly kind: 'changed-since'; readonly by: ChangedBy | undefined }

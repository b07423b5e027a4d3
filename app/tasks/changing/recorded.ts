// What recording a change, or taking it back, can come to.
import type { AccountId, ConnectionId, TaskId } from '../../support/ids.ts'
import type { ChangeInList } from '../rows/change.ts'

export interface TaskReference {
  readonly accountId: AccountId
  readonly connectionId: ConnectionId
  /** Attio's id, or that of a task that is on its way there. */
  readonly taskId: TaskId
}

/** One per form that was rendered: the same form sent twice is one change (RL-28). At most 64 characters. */
export type RequestKey = string

export type Recorded =
  | { readonly kind: 'recorded'; readonly change: ChangeInList }
  /** It is so already, for instance after a second click. */
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'refused'; readonly refusal: ChangeRefusal }

export type ChangeRefusal =
  | 'no-such-connection'
  | 'no-such-task'
  /** The connection lacks `task:read-write`. */
  | 'read-only'
  /** Attio no longer knows the token: reconnect first. */
  | 'needs-reconnect'
  | 'text-missing'
  /** More than 2,000 characters. */
  | 'text-too-long'
  /** Not in the workspace, or suspended. */
  | 'unknown-member'

export type TakenBack =
  /** Nothing had left: it is as if it had never been. */
  | { readonly kind: 'withdrawn'; readonly change: ChangeInList }
  /** It had left: a change back is on its way. */
  | { readonly kind: 'reversed'; readonly change: ChangeInList }
  /** Longer ago than ten seconds, not the account's, or nothing that can be undone. */
  | { readonly kind: 'too-late' }
  /** `changed-since`: the task no longer has what the change gave it. */
  | { readonly kind: 'refused'; readonly refusal: ChangeRefusal | 'changed-since' }

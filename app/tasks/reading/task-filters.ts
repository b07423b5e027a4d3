// The filters of a list of tasks.
import type { ConnectionId, MemberId } from '../../support/ids.ts'

export interface TaskFilters {
  readonly whose: 'mine' | 'unassigned' | 'everyone'
  /** When given, only this member's tasks are listed, and `whose` does not matter. */
  readonly memberId?: MemberId | undefined
  /** When given, only tasks that are linked to this record are listed. */
  readonly recordId?: string | undefined
  /** When given, only tasks are listed that have each of its words in their text, records or assignees. */
  readonly text?: string | undefined
  /** When given, only this connection's tasks are listed. */
  readonly connectionId?: ConnectionId | undefined
}

// Why a change is refused before it is recorded.
import { mayWrite, type Connection } from '../../connections/connections.ts'
import type { Db } from '../../database/tables.ts'
import { findMembers } from '../names/member-store.ts'
import { shownOver } from '../rows/pending.ts'
import type { StoredTask } from '../rows/task-row.ts'
import { isInScope } from '../task-scope.ts'
import type { ConnectionId, MemberId } from '../../support/ids.ts'
import { hasVisibleCharacter } from '../../support/visible-text.ts'
import type { ChangeRefusal } from './recorded.ts'
import type { Wish } from './wish.ts'

export const longestContent = 2_000

/** At Attio's limits, these take about an hour to send. */
export const mostOpenChanges = 5_000

export function connectionRefusal(connection: Connection): ChangeRefusal | undefined {
  switch (connection.status) {
    case 'needs-reconnect':
      return 'needs-reconnect'
    case 'disconnecting':
      return 'no-such-connection'
    case 'active':
    case 'missing-scopes':
      return mayWrite(connection.scopes) ? undefined : 'read-only'
  }
}

export function linkRefusal({ mayLink }: Connection, wish: Wish): ChangeRefusal | undefined {
  const changesLinks = wish.kind === 'update' && wish.patch.linkedRecords !== undefined
  return changesLinks && !mayLink ? 'may-not-link' : undefined
}

/** True when the person sees the task, or takes back what they did to it when they saw it. */
export function mayChange(access: Connection, stored: StoredTask, wish: Wish): boolean {
  const { assigneeIds } = shownOver(stored.observed, stored.pending)
  const isUndo = wish.kind === 'update' && wish.over !== undefined
  return isUndo || isInScope(access, { assigneeIds, requestedBy: stored.requestedBy })
}

/** Assumes that Attio counts characters as UTF-16 code units. */
export function contentRefusal(content: string): ChangeRefusal | undefined {
  if (!hasVisibleCharacter(content)) return 'text-missing'
  return content.trim().length > longestContent ? 'text-too-long' : undefined
}

export function quotaRefusal(openChanges: number): ChangeRefusal | undefined {
  return openChanges >= mostOpenChanges ? 'too-many-open' : undefined
}

/** Returns the assignees that the page did not show: only these must be members. */
export function addedAssignees(wish: Wish): readonly MemberId[] {
  if (wish.kind !== 'update') return []
  const { over, patch, seen = over } = wish
  const before = new Set(seen?.assigneeIds)
  return patch.assigneeIds?.filter((memberId) => !before.has(memberId)) ?? []
}

export async function areMembers(
  db: Db,
  { connectionId }: { readonly connectionId: ConnectionId },
  memberIds: readonly MemberId[],
): Promise<boolean> {
  if (memberIds.length === 0) return true
  const members = await findMembers(db, new Map([[connectionId, memberIds]]))
  const known = new Set(
    members.flatMap((one) => (one.accessLevel === 'suspended' ? [] : [one.memberId])),
  )
  return memberIds.every((memberId) => known.has(memberId))
}

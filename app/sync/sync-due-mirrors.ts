// Starts a background sync of every copy that is due. One that fails, takes long or cannot even start delays no
// other.
import type { AccountId, ConnectionId } from '../support/ids.ts'
import { listDueMirrors } from './mirror-store.ts'
import type { SyncParts } from './sync-parts.ts'

/** A node syncs this many in a few seconds; the rest is still due in the next round. */
const atATime = 50

export type BeginSync = (
  owner: { readonly accountId: AccountId; readonly connectionId: ConnectionId },
  /** The sync is skipped when the copy is younger than this. */
  olderThan: number,
) => void

/** Returns how many syncs it started. */
export async function syncDueMirrors(
  parts: Pick<SyncParts, 'clock' | 'database'>,
  begin: BeginSync,
): Promise<number> {
  const at = parts.clock.now()
  const due = await listDueMirrors(parts.database.db, { at, limit: atATime })
  for (const owner of due) begin(owner, at)
  return due.length
}

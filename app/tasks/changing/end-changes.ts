// Ends the changes of an account that loses its seat, or is locked.
import type { Db } from '../../database/tables.ts'
import type { AccountId, ConnectionId } from '../../support/ids.ts'
import { listConnectionsWithUnsent, listUnsentOf } from '../change-rows/open-change-store.ts'
import type { ObserveParts } from '../rows/news.ts'
import { inList } from '../change-rows/stored-change.ts'
import { withdrawChange } from './withdraw-change.ts'

/** Ends the account's changes in every connection. */
export async function endAllChangesOf(
  parts: ObserveParts,
  db: Db,
  accountId: AccountId,
): Promise<void> {
  for (const connectionId of await listConnectionsWithUnsent(db, accountId)) {
    await endChangesOf(parts, db, connectionId, accountId)
  }
}

/** Withdraws what did not reach Attio, and returns the texts of the tasks and notes. */
export async function endChangesOf(
  parts: ObserveParts,
  db: Db,
  connectionId: ConnectionId,
  accountId: AccountId,
): Promise<readonly string[]> {
  const texts: string[] = []
  for (const change of await listUnsentOf(db, connectionId, accountId)) {
    if (!(await withdrawChange(parts, db, change, ['pending', 'sent', 'failed']))) continue
    texts.push(inList(change).content)
  }
  return texts
}

// Ends the changes of an account that loses its seat: what did not reach Attio is withdrawn, and the tasks show Attio's
// values again.
import type { Db } from '../../database/tables.ts'
import type { AccountId, ConnectionId } from '../../support/ids.ts'
import { listUnfinished, rebaseNext } from '../rows/change-sequence-store.ts'
import { endChange, listUnsentOf } from '../rows/change-store.ts'
import { observe, type ObserveParts } from '../rows/observe.ts'
import { lockTask } from '../rows/task-store.ts'

/** Returns the texts of the tasks. A change that a worker is sending right now ends with its answer. */
export async function endChangesOf(
  parts: ObserveParts,
  db: Db,
  connectionId: ConnectionId,
  accountId: AccountId,
): Promise<readonly string[]> {
  const at = parts.clock.now()
  const end = { status: 'withdrawn', at } as const
  const texts: string[] = []
  for (const change of await listUnsentOf(db, connectionId, accountId)) {
    const { taskId } = change
    const locked = (await lockTask(db, connectionId, taskId)) ?? null
    const from = { status: ['pending', 'sent', 'failed'], notLeasedAt: at } as const
    if (!(await endChange(db, change, from, end))) continue
    texts.push(change.wanted.content ?? change.base.content ?? '')
    // Without its create, a task does not exist, and other people's changes to it end, too.
    const others = change.kind === 'create' ? await listUnfinished(db, connectionId, taskId) : []
    for (const other of others) await endChange(db, other, { status: ['pending'] }, end)
    if (change.kind === 'update') await rebaseNext(db, change)
    await observe(parts, db, change, { kind: 'changed' }, { locked })
  }
  return texts
}

// Withdraws a change that is not at Attio: the task shows Attio's values again, or those of the changes that are left.
import type { Db } from '../../database/tables.ts'
import { listUnfinished, rebaseNext } from '../change-rows/change-sequence-store.ts'
import type { ChangeStatus } from '../change-rows/change.ts'
import { endChange } from '../change-rows/change-store.ts'
import { observe } from '../rows/observe.ts'
import type { ObserveParts } from '../rows/news.ts'
import type { StoredChange } from '../change-rows/stored-change.ts'
import { lockTask } from '../rows/task-store.ts'

/**
 * Withdraws a change in one of the given states. Returns false when it has another one, or a worker is sending it right
 * now: then it ends with its answer.
 */
export async function withdrawChange(
  parts: ObserveParts,
  db: Db,
  change: StoredChange,
  from: readonly ChangeStatus[],
): Promise<boolean> {
  const { connectionId, taskId } = change
  const at = parts.clock.now()
  const end = { status: 'withdrawn', at } as const
  const locked = (await lockTask(db, connectionId, taskId)) ?? null
  if (!(await endChange(db, change, { status: from, notLeasedAt: at }, end))) return false
  // Without its create, a task does not exist, and other people's changes to it end, too.
  const others = change.kind === 'create' ? await listUnfinished(db, connectionId, taskId) : []
  for (const other of others) await endChange(db, other, { status: ['pending'] }, end)
  if (change.kind === 'update') await rebaseNext(db, change)
  await observe(parts, db, change, { kind: 'changed' }, { locked })
  return true
}

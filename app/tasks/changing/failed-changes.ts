// Retries a failed change, or discards one that is not at Attio.
import { observe } from '../rows/observe.ts'
import { shownOver } from '../rows/pending.ts'
import { lockTask } from '../rows/task-store.ts'
import type { AccountId, ChangeId } from '../../support/ids.ts'
import type { ChangeParts } from '../change-parts.ts'
import { notYet } from '../../work/work.ts'
import { listUnfinished } from '../change-rows/change-sequence-store.ts'
import { findChange } from '../change-rows/found-change-store.ts'
import { reviveFailed } from '../change-rows/change-store.ts'
import { fieldsOf, isList, only } from '../change-rows/same-field.ts'
import type { Fields, StoredChange } from '../change-rows/stored-change.ts'
import type { MirroredTask, StoredTask } from '../rows/task-row.ts'
import { isInScope, type TaskScope } from '../task-scope.ts'
import { withdrawChange } from './withdraw-change.ts'

export async function tryAgain(
  parts: ChangeParts,
  accountId: AccountId,
  changeId: ChangeId,
): Promise<boolean> {
  const { clock, database, live } = parts
  const change = await findChange(database.db, accountId, changeId)
  if (change === undefined) return false
  const { connectionId, taskId } = change
  const connection = await parts.connections.find(change)
  if (connection === undefined) return false
  const isRevived = await database.transaction(async (db) => {
    const access = await parts.connections.lockAccess(db, connection)
    const task = await lockTask(db, connectionId, taskId)
    if (access === undefined || (task !== undefined && !isShownTo(access, task))) return false
    const ahead = await listUnfinished(db, connectionId, taskId)
    const nextAttemptAt = ahead.length > 0 ? notYet : clock.now()
    const base = baseNow(change, task && shownOver(task.observed, task.pending))
    if (!(await reviveFailed(db, change, { nextAttemptAt, base }))) return false
    await observe(parts, db, change, { kind: 'changed' }, { locked: task ?? null })
    return true
  })
  if (isRevived) live.changed(connectionId)
  return isRevived
}

function isShownTo(scope: TaskScope, { observed, pending, requestedBy }: StoredTask): boolean {
  const { assigneeIds } = shownOver(observed, pending)
  return isInScope(scope, { assigneeIds, requestedBy })
}

/** Returns the base for a retry: the values that the person sees now, and for lists those that they edited. */
function baseNow(change: StoredChange, shown: MirroredTask | undefined): Fields {
  if (change.kind !== 'update' || shown === undefined) return change.base
  const fields = fieldsOf(change.wanted).filter((field) => !isList(field))
  return { ...change.base, content: shown.content, ...only(shown, fields) }
}

/**
 * Gives up a change that failed or waits to be sent. Returns false when it is at Attio, withdrawn, or being sent right
 * now.
 */
export async function discard(
  parts: ChangeParts,
  accountId: AccountId,
  changeId: ChangeId,
): Promise<boolean> {
  const { database, live } = parts
  const change = await findChange(database.db, accountId, changeId)
  if (change === undefined) return false
  const isGivenUp = await database.transaction((db) =>
    withdrawChange(parts, db, change, ['pending', 'sent', 'failed']),
  )
  if (isGivenUp) live.changed(change.connectionId)
  return isGivenUp
}

// Undoes a change within ten seconds: one that was not sent is withdrawn, one that may have been sent is reversed by
// another change.
import { observe } from '../rows/observe.ts'
import { lockTask } from '../rows/task-store.ts'
import type { AccountId, ChangeId } from '../../support/ids.ts'
import type { ChangeParts } from '../change-parts.ts'
import { listUnfinished, rebaseNext } from '../rows/change-sequence-store.ts'
import { endChange, findChange, findChangeOfRequest } from '../rows/change-store.ts'
import type { RequestKey, TakenBack } from './recorded.ts'
import { undoWithinMs } from '../rows/due-at.ts'
import { recordWish, type Wish } from './record-change.ts'
import { fieldsOf, only } from '../rows/same-field.ts'
import { findLaterChange } from './task-history.ts'
import { inList, isUnfinished, type StoredChange } from '../rows/stored-change.ts'

/** Allows for the time that the click takes to arrive. */
const graceMs = 2_000

export async function undoChange(
  parts: ChangeParts,
  accountId: AccountId,
  changeId: ChangeId,
  withinMs = undoWithinMs,
): Promise<TakenBack> {
  const { db } = parts.database
  // A second undo returns the first one's change.
  const before = await findChangeOfRequest(db, accountId, undoKeyOf(changeId))
  if (before !== undefined) return { kind: 'reversed', change: inList(before) }
  const change = await findChange(db, accountId, changeId)
  const isLate = change === undefined || parts.clock.now() > change.createdAt + withinMs + graceMs
  if (isLate) return { kind: 'too-late' }
  if (await withdraw(parts, change)) {
    parts.live.changed(change.connectionId)
    return { kind: 'withdrawn', change: inList({ ...change, status: 'withdrawn' }) }
  }
  return await reverse(parts, change)
}

/** Undoes the change that a form with this key recorded. */
export async function undoRequest(
  parts: ChangeParts,
  accountId: AccountId,
  requestKey: RequestKey,
  withinMs = undoWithinMs,
): Promise<TakenBack> {
  const change = await findChangeOfRequest(parts.database.db, accountId, requestKey)
  if (change === undefined) return { kind: 'too-late' }
  return await undoChange(parts, accountId, change.changeId, withinMs)
}

/** Returns false when the change may have been sent or is finished. */
async function withdraw(parts: ChangeParts, change: StoredChange): Promise<boolean> {
  const { clock, database } = parts
  const { connectionId, taskId, changeId } = change
  return await database.transaction(async (db) => {
    const at = clock.now()
    const locked = (await lockTask(db, connectionId, taskId)) ?? null
    // Withdrawing a create withdraws every other change of that task, too.
    const others = change.kind === 'create' ? await listUnfinished(db, connectionId, taskId) : []
    const from = { status: ['pending'], notLeasedAt: at } as const
    if (!(await endChange(db, change, from, { status: 'withdrawn', at }))) return false
    for (const other of others) {
      if (other.changeId === changeId) continue
      await endChange(db, other, { status: ['pending'] }, { status: 'withdrawn', at })
    }
    if (change.kind === 'update') await rebaseNext(db, change)
    await observe(parts, db, change, { kind: 'changed' }, { locked })
    return true
  })
}

async function reverse(parts: ChangeParts, change: StoredChange): Promise<TakenBack> {
  const changedSince = async () =>
    ({ kind: 'changed-since', by: await findLaterChange(parts.database.db, change) }) as const
  if (change.problem?.kind === 'conflict') return await changedSince()
  const wish = wishBack(change)
  if (wish === undefined || !(isUnfinished(change) || change.status === 'done')) {
    return { kind: 'too-late' }
  }
  const recorded = await recordWish(parts, change, wish, undoKeyOf(change.changeId))
  switch (recorded.kind) {
    case 'recorded':
      return { kind: 'reversed', change: recorded.change }
    case 'unchanged':
      return await changedSince()
    case 'refused':
      return recorded
  }
}

function undoKeyOf(changeId: ChangeId): string {
  return `undo ${changeId}`
}

function wishBack({ kind, wanted, base }: StoredChange): Wish | undefined {
  switch (kind) {
    case 'create':
      return { kind: 'delete' }
    case 'update':
      return { kind: 'update', patch: only(base, fieldsOf(wanted)), over: wanted }
    case 'delete':
    case 'replace':
      return undefined
  }
}

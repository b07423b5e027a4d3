// Undoes a change within ten seconds: one that was not sent is withdrawn, one that may have been sent is reversed by
// another change.
import type { AccountId, ChangeId } from '../../support/ids.ts'
import type { ChangeParts } from '../change-parts.ts'
import { findChange, findChangeOfRequest } from '../change-rows/found-change-store.ts'
import type { RequestKey, TakenBack } from './recorded.ts'
import { undoWithinMs } from '../change-rows/due-at.ts'
import { noteKeyOf, recordWish } from './record-change.ts'
import type { Wish } from './wish.ts'
import { withdrawChange } from './withdraw-change.ts'
import { fieldsOf, only } from '../change-rows/same-field.ts'
import { findLaterChange } from './task-history.ts'
import { inList, isUnfinished, type StoredChange } from '../change-rows/stored-change.ts'

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
  if (isLate || !(await withdrawNote(parts, change))) return { kind: 'too-late' }
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

/** Withdraws the note that was written with the change, if any. Returns false when it may be at Attio. */
async function withdrawNote(
  parts: ChangeParts,
  { accountId, changeId, kind }: StoredChange,
): Promise<boolean> {
  if (kind !== 'update') return true
  const note = await findChangeOfRequest(parts.database.db, accountId, noteKeyOf(changeId))
  if (note === undefined || note.status === 'withdrawn' || note.status === 'failed') return true
  return await withdraw(parts, note)
}

/** Returns false when the change may have been sent or is finished. */
async function withdraw(parts: ChangeParts, change: StoredChange): Promise<boolean> {
  return await parts.database.transaction((db) => withdrawChange(parts, db, change, ['pending']))
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
    case 'note':
      return undefined
  }
}

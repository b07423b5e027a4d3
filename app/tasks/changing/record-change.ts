// Records a change that a person makes to a task: checked against what they see, then stored and shown in one
// transaction. The same form sent twice is one change (RL-28).
import type { Connection } from '../../connections/connections.ts'
import type { Db } from '../../database/tables.ts'
import { observe } from '../rows/observe.ts'
import { shownOver } from '../rows/pending.ts'
import {
  asChangeId,
  asTaskId,
  type AccountId,
  type ChangeId,
  type ConnectionId,
} from '../../support/ids.ts'
import type { NewTask } from '../change-rows/change.ts'
import type { ChangeParts } from '../change-parts.ts'
import { notYet } from '../../work/work.ts'
import { addChange, listAhead, type NewChange } from '../change-rows/change-store.ts'
import { countUnfinished } from '../change-rows/open-change-store.ts'
import { findChangeOfRequest } from '../change-rows/found-change-store.ts'
import type { ChangeRefusal, Recorded, TaskReference } from './recorded.ts'
import { noteRefusal, writeNote } from './write-note.ts'
import { dueAt } from '../change-rows/due-at.ts'
import { hashOfCreation, inList, type StoredChange } from '../change-rows/stored-change.ts'
import { compareWithShown, type Wish } from './wish.ts'
import {
  addedAssignees,
  areMembers,
  contentRefusal,
  linkRefusal,
  mayChange,
  quotaRefusal,
  connectionRefusal,
} from './refusals.ts'
import { isHidden, lockShown } from './current-task.ts'

export async function recordWish(
  parts: ChangeParts,
  of: TaskReference,
  wish: Wish,
  requestKey: string,
): Promise<Recorded> {
  const noteWish = wish.kind === 'update' ? wish.note : undefined
  return await inTransaction(parts, of, requestKey, async (db) => {
    const { connection, openChanges, stored } = await lockShown(db, of)
    if (connection === undefined) return { refusal: 'no-such-connection' }
    const taskId = stored?.observed.taskId ?? of.taskId
    const recorded = { connectionId: of.connectionId, taskId, requestKey }
    const { ahead, before } = await listAhead(db, of.accountId, recorded)
    if (before !== undefined) return { before }
    const refusal =
      connectionRefusal(connection) ??
      contentRefusal(wish.kind === 'replace' ? wish.content : 'x') ??
      linkRefusal(connection, wish) ??
      (noteWish && noteRefusal(connection, noteWish)) ??
      quotaRefusal(openChanges)
    if (refusal !== undefined) return { refusal }
    if (!(await areMembers(db, of, addedAssignees(wish)))) return { refusal: 'unknown-member' }
    const access = await parts.connections.lockAccess(db, connection)
    if (access === undefined) return { refusal: 'no-such-connection' }
    if (stored === undefined || isHidden(stored)) return { refusal: 'no-such-task' }
    if (!mayChange(access, stored, wish)) return { refusal: 'no-such-task' }
    const shown = shownOver(stored.observed, stored.pending)
    const note = noteWish && (await writeNote(db, access, shown, noteWish))
    if (noteWish !== undefined && note === undefined) return { refusal: 'not-linked' }
    const { wanted, base } = compareWithShown(shown, wish)
    const isUnchanged = wish.kind !== 'delete' && Object.keys(wanted).length === 0
    const unfinished = [...ahead]
    const add = async (
      change: Pick<StoredChange, 'kind' | 'wanted' | 'base'>,
      key: string,
    ): Promise<StoredChange | undefined> => {
      const added = await addChange(db, of.accountId, {
        ...rowOf(parts, connection, key, change),
        taskId,
        ...(unfinished.length > 0 && { nextAttemptAt: notYet }),
      })
      if (added !== undefined) unfinished.push(added)
      return added
    }
    const main = isUnchanged ? undefined : await add({ kind: wish.kind, wanted, base }, requestKey)
    const noted =
      note &&
      (await add(
        { kind: 'note', wanted: { note }, base: { content: shown.content } },
        main === undefined ? requestKey : noteKeyOf(main.changeId),
      ))
    const added = main ?? noted
    if (added !== undefined) {
      await observe(parts, db, added, { kind: 'changed' }, { locked: stored, unfinished })
    }
    return added ?? (isUnchanged ? 'unchanged' : undefined)
  })
}

export async function recordNewTask(
  parts: ChangeParts,
  to: { readonly accountId: AccountId; readonly connectionId: ConnectionId },
  task: NewTask,
  requestKey: string,
): Promise<Recorded> {
  const connection = await parts.connections.find(to)
  if (connection === undefined) return { kind: 'refused', refusal: 'no-such-connection' }
  const before = await findChangeOfRequest(parts.database.db, to.accountId, requestKey)
  if (before !== undefined) return { kind: 'recorded', change: inList(before) }
  const wanted = { ...task, content: task.content.trim() }
  const refusal =
    connectionRefusal(connection) ??
    contentRefusal(wanted.content) ??
    (wanted.linkedRecords.length > 0 && !connection.mayLink ? 'may-not-link' : undefined) ??
    quotaRefusal(await countUnfinished(parts.database.db, to.accountId))
  if (refusal !== undefined) return { kind: 'refused', refusal }
  if (!(await areMembers(parts.database.db, to, task.assigneeIds)))
    return { kind: 'refused', refusal: 'unknown-member' }
  return await inTransaction(parts, to, requestKey, async (db) => {
    if ((await parts.connections.lockAccess(db, connection)) === undefined) {
      return { refusal: 'no-such-connection' }
    }
    const row = rowOf(parts, connection, requestKey, { kind: 'create', wanted, base: {} })
    // Until Attio has given the task an ID, it has the ID of the change that creates it.
    const added = await addChange(db, to.accountId, { ...row, taskId: asTaskId(row.changeId) })
    if (added !== undefined) {
      const known = { locked: null, unfinished: [added] }
      await observe(parts, db, added, { kind: 'changed' }, known)
    }
    return added
  })
}

type Written =
  | StoredChange
  | undefined
  | 'unchanged'
  | { readonly refusal: ChangeRefusal }
  /** The same form has recorded this change. */
  | { readonly before: StoredChange }

async function inTransaction(
  parts: ChangeParts,
  {
    accountId,
    connectionId,
  }: { readonly accountId: AccountId; readonly connectionId: ConnectionId },
  requestKey: string,
  write: (db: Db) => Promise<Written>,
): Promise<Recorded> {
  const written = await parts.database.transaction(write)
  if (written === 'unchanged') return { kind: 'unchanged' }
  if (written !== undefined && 'refusal' in written) return { kind: 'refused', ...written }
  if (written !== undefined && 'before' in written) {
    return { kind: 'recorded', change: inList(written.before) }
  }
  // Nothing was added because the same form was recorded before.
  const change = written ?? (await findChangeOfRequest(parts.database.db, accountId, requestKey))
  if (change === undefined) return { kind: 'unchanged' }
  await parts.reached('recorded')
  parts.live.changed(connectionId)
  return { kind: 'recorded', change: inList(change) }
}

function rowOf(
  parts: ChangeParts,
  { connectionId, memberId, workspaceId }: Connection,
  requestKey: string,
  change: Pick<StoredChange, 'kind' | 'wanted' | 'base'>,
): Omit<NewChange, 'taskId'> & { readonly changeId: ChangeId } {
  const createdAt = parts.clock.now()
  return {
    changeId: asChangeId(parts.ids()),
    connectionId,
    workspaceId,
    memberId,
    requestKey,
    ...change,
    contentHash: hashOfCreation(change.wanted),
    createdAt,
    nextAttemptAt: dueAt(parts.clock)({ kind: change.kind, createdAt }),
  }
}

/** Returns the request key of the note that was written with a change, so that an undo of the change finds it. */
export function noteKeyOf(changeId: ChangeId): string {
  return `note ${changeId}`
}

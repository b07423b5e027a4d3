// Records a change that a person makes to a task: checked against what they see, then stored and shown in one
// transaction. The same form sent twice is one change (RL-28).
import { findUsableConnection, mayWrite, type Connection } from '../../connections/connections.ts'
import type { Db } from '../../database/tables.ts'
import { findMembers } from '../names/member-store.ts'
import { observe } from '../rows/observe.ts'
import { shownOver } from '../rows/pending.ts'
import { lockTaskOf } from '../rows/task-store.ts'
import type { MirroredTask, StoredTask } from '../rows/task-row.ts'
import { isInScope } from '../task-scope.ts'
import {
  asChangeId,
  asTaskId,
  type AccountId,
  type ChangeId,
  type ConnectionId,
  type MemberId,
  type TaskId,
} from '../../support/ids.ts'
import { hasVisibleCharacter } from '../../support/visible-text.ts'
import type { NewTask, TaskPatch } from '../change-rows/change.ts'
import type { ChangeParts } from '../change-parts.ts'
import { notYet } from '../../work/work.ts'
import { addChange, listAhead, type NewChange } from '../change-rows/change-store.ts'
import { countUnfinished } from '../change-rows/open-change-store.ts'
import {
  findChange,
  findChangeOfRequest,
  findReplacement,
} from '../change-rows/found-change-store.ts'
import type { ChangeRefusal, Recorded, TaskReference } from './recorded.ts'
import { noteRefusal, writeNote, type NoteWish } from './write-note.ts'
import { dueAt } from '../change-rows/due-at.ts'
import { editLists, fieldsOf, isList, only, sameField } from '../change-rows/same-field.ts'
import {
  hashOfCreation,
  inList,
  type Fields,
  type StoredChange,
} from '../change-rows/stored-change.ts'

export const longestContent = 2_000
/** At Attio's limits, these take about an hour to send. */
export const mostOpenChanges = 5_000

/** A person's request to change an existing task. */
export type Wish =
  | {
      readonly kind: 'update'
      readonly patch: TaskPatch
      /** The lists that the page showed; the patch's lists say what the person made of them. */
      readonly seen?: TaskPatch | undefined
      /** For an undo: the values to take back. A field that has another value by now stays as it is. */
      readonly over?: TaskPatch
      /** A note on a linked record, which is sent after the update. */
      readonly note?: NoteWish
    }
  | { readonly kind: 'delete' }
  | { readonly kind: 'replace'; readonly content: string }

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
      refusalOf(connection) ??
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
    const { wanted, base } = compare(shown, wish)
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
    refusalOf(connection) ??
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

/**
 * Keeps the fields that differ from what the person sees, and the values they see, so that conflicts can be found.
 */
function compare(
  shown: MirroredTask,
  wish: Wish,
): { readonly wanted: Fields; readonly base: Fields } {
  const { content } = shown
  switch (wish.kind) {
    case 'delete':
      return { wanted: {}, base: { content } }
    case 'replace': {
      const text = plainText(wish.content)
      return { wanted: text === plainText(content) ? {} : { content: text }, base: { content } }
    }
    case 'update': {
      const { patch, over, seen = over } = wish
      const wanted = { ...patch, ...editLists(shown, { from: seen ?? shown, to: patch }) }
      const fields = fieldsOf(wanted).filter((field) => {
        const isStillSo = over === undefined || isList(field) || sameField(field, over, shown)
        return isStillSo && !sameField(field, wanted, shown)
      })
      return { wanted: only(wanted, fields), base: { content, ...only(shown, fields) } }
    }
  }
}

/** Returns the request key of the note that was written with a change, so that an undo of the change finds it. */
export function noteKeyOf(changeId: ChangeId): string {
  return `note ${changeId}`
}

/** Makes texts comparable: a form sends line ends as CR LF, and outer spaces do not count. */
function plainText(content: string): string {
  return content.replaceAll('\r\n', '\n').trim()
}

function refusalOf(connection: Connection): ChangeRefusal | undefined {
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

function linkRefusal({ mayLink }: Connection, wish: Wish): ChangeRefusal | undefined {
  const changesLinks = wish.kind === 'update' && wish.patch.linkedRecords !== undefined
  return changesLinks && !mayLink ? 'may-not-link' : undefined
}

/** True when the person sees the task, or takes back what they did to it when they saw it. */
function mayChange(access: Connection, stored: StoredTask, wish: Wish): boolean {
  const { assigneeIds } = shownOver(stored.observed, stored.pending)
  const isUndo = wish.kind === 'update' && wish.over !== undefined
  return isUndo || isInScope(access, { assigneeIds, requestedBy: stored.requestedBy })
}

/** Assumes that Attio counts characters as UTF-16 code units. */
function contentRefusal(content: string): ChangeRefusal | undefined {
  if (!hasVisibleCharacter(content)) return 'text-missing'
  return content.trim().length > longestContent ? 'text-too-long' : undefined
}

function quotaRefusal(openChanges: number): ChangeRefusal | undefined {
  return openChanges >= mostOpenChanges ? 'too-many-open' : undefined
}

/** Returns the assignees that the page did not show: only these must be members. */
function addedAssignees(wish: Wish): readonly MemberId[] {
  if (wish.kind !== 'update') return []
  const { over, patch, seen = over } = wish
  const before = new Set(seen?.assigneeIds)
  return patch.assigneeIds?.filter((memberId) => !before.has(memberId)) ?? []
}

async function areMembers(
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

/**
 * Locks the task's current row: a page may still have the ID of the change that created it, or of the task that it
 * replaced.
 */
async function lockShown(db: Db, of: TaskReference) {
  const found = await lockTaskOf(db, of)
  if (found !== undefined && !isHidden(found.stored)) return found
  const taskId = await idNow(db, of)
  const moved = taskId === of.taskId ? found : await lockTaskOf(db, { ...of, taskId })
  if (moved !== undefined) return moved
  return { connection: await findUsableConnection(db, of), stored: undefined, openChanges: 0 }
}

function isHidden({ pending }: StoredTask): boolean {
  return pending?.isHidden === true
}

export async function idNow(
  db: Db,
  { accountId, connectionId, taskId }: TaskReference,
): Promise<TaskId> {
  const creation = await findChange(db, accountId, asChangeId(taskId))
  const replacement = creation?.createdTaskId ?? (await findReplacement(db, connectionId, taskId))
  return replacement ?? taskId
}

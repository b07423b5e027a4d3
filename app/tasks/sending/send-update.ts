// Sends an update. A PATCH can be repeated, but a change that waited or may have arrived refetches the task first, so
// that it overwrites no newer value, and is not sent when Attio has its values already. Lists are sent whole, so a change of one always reads
// the list that Attio has first.
import type { AttioClient, TaskChange } from '@taskr/attio'
import { refetchTask } from '../refetch-task.ts'
import { finishChange } from '../rows/observe.ts'
import type { News } from '../rows/news.ts'
import { lockTask } from '../rows/task-store.ts'
import type { MirroredTask } from '../rows/task-row.ts'
import { mirroredTask } from '../rows/mirrored-task.ts'
import type { ChangeParts } from '../change-parts.ts'
import type { TaskPatch } from '../change-rows/change.ts'
import { findChange } from '../change-rows/found-change-store.ts'
import type { SendOutcome } from './judge-answer.ts'
import { settle } from '../../work/work.ts'
import { leftOut, noteLeftOut } from './left-out.ts'
import { editLists, fieldsOf, isList, sameField } from '../change-rows/same-field.ts'
import type { StoredChange } from '../change-rows/stored-change.ts'

/** A change sent within this time needs no refetch, because the values that the person saw are recent. */
const freshForMs = 5_000

export async function sendUpdate(
  parts: ChangeParts,
  claimed: StoredChange,
  client: AttioClient,
): Promise<SendOutcome> {
  const prepared = await refetchFirst(parts, claimed, client)
  if (prepared === undefined) return { kind: 'finished' }
  const { change, patch } = prepared
  // A retry would send a list that may be out of date by then; the next attempt reads it again.
  const isOnce = fieldsOf(patch).some(isList)
  const task = await client.tasks.update(change.taskId, wire(patch), { isOnce })
  const receivedAt = parts.clock.now()
  await parts.reached('answered')
  const observed = mirroredTask(change.connectionId, task, task.accurateAt ?? receivedAt)
  await finish(parts, change, { kind: 'observed', task: observed })
  return { kind: 'finished' }
}

interface Prepared {
  readonly change: StoredChange
  /** The values to send, with whole lists. */
  readonly patch: TaskPatch
}

/**
 * Refetches the task if necessary. Returns the change as it is to be sent; undefined when nothing is left to send.
 */
async function refetchFirst(
  parts: ChangeParts,
  change: StoredChange,
  client: AttioClient,
): Promise<Prepared | undefined> {
  const now = parts.clock.now()
  const isFirst = change.attempts === 1 && now - change.createdAt < freshForMs
  if (isFirst && !fieldsOf(change.wanted).some(isList)) return { change, patch: change.wanted }
  const { accountId, changeId } = change
  await refetchTask(parts, client, change, change)
  await parts.reached('refetched')
  const current = await findChange(parts.database.db, accountId, changeId)
  const isOurs = current?.status === 'sent' && current.leaseNumber === change.leaseNumber
  if (current === undefined || !isOurs) return undefined
  const task = await lockedRow(parts, change)
  const patch = patchOf(current, task)
  const isDone =
    task !== undefined && fieldsOf(patch).every((field) => sameField(field, patch, task))
  if (!isDone) return { change: current, patch }
  await finish(parts, current, { kind: 'changed' })
  return undefined
}

/** Returns the task as Attio is known to have it. */
async function lockedRow(
  { database }: ChangeParts,
  { connectionId, taskId }: StoredChange,
): Promise<MirroredTask | undefined> {
  return (await database.transaction((db) => lockTask(db, connectionId, taskId)))?.observed
}

function patchOf({ base, wanted }: StoredChange, task: MirroredTask | undefined): TaskPatch {
  return task === undefined ? wanted : { ...wanted, ...editLists(task, { from: base, to: wanted }) }
}

async function finish(parts: ChangeParts, change: StoredChange, news: News): Promise<void> {
  const { clock, database } = parts
  const end = { status: 'done', at: clock.now() } as const
  await settle(database, async (db) => {
    if (!(await finishChange(parts, db, change, end, news))) return false
    if (news.kind === 'observed') {
      await noteLeftOut(parts, db, change, leftOut(change, news.task))
    }
    return true
  })
  await parts.reached('finished')
}

function wire({ deadlineAt, isCompleted, assigneeIds, linkedRecords }: TaskPatch): TaskChange {
  return {
    ...(deadlineAt !== undefined && { deadlineAt }),
    ...(isCompleted !== undefined && { isCompleted }),
    ...(assigneeIds !== undefined && { assignees: assigneeIds }),
    ...(linkedRecords !== undefined && { linkedRecords: linkedRecords.map(linkOf) }),
  }
}

export function linkOf(link: { readonly targetObject: string; readonly recordId: string }) {
  return { targetObject: link.targetObject, targetRecordId: link.recordId }
}

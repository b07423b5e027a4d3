// Sends an update. A PATCH can be repeated, but a change that waited or may have arrived refetches the task first, so
// that it neither overwrites newer values nor is sent for nothing.
import type { AttioClient, TaskChange } from '@taskr/attio'
import { refetchTask } from '../refetch-task.ts'
import { finishChange, type News } from '../rows/observe.ts'
import { lockTask } from '../rows/task-store.ts'
import { mirroredTask } from '../rows/mirrored-task.ts'
import type { ChangeParts } from '../change-parts.ts'
import { findChange } from '../rows/change-store.ts'
import type { SendOutcome } from './judge-answer.ts'
import { settle } from '../../work/work.ts'
import { fieldsOf, sameField } from '../rows/same-field.ts'
import type { StoredChange } from '../rows/stored-change.ts'

/** A change sent within this time needs no refetch, because the values that the person saw are recent. */
const freshForMs = 5_000

export async function sendUpdate(
  parts: ChangeParts,
  claimed: StoredChange,
  client: AttioClient,
): Promise<SendOutcome> {
  const change = await refetchFirst(parts, claimed, client)
  if (change === undefined) return { kind: 'finished' }
  const task = await client.tasks.update(change.taskId, wire(change))
  const receivedAt = parts.clock.now()
  await parts.reached('answered')
  const observed = mirroredTask(change.connectionId, task, task.accurateAt ?? receivedAt)
  await finish(parts, change, { kind: 'observed', task: observed })
  return { kind: 'finished' }
}

/**
 * Refetches the task if necessary. Returns the change as it is to be sent; undefined when nothing is left to send.
 */
async function refetchFirst(
  parts: ChangeParts,
  change: StoredChange,
  client: AttioClient,
): Promise<StoredChange | undefined> {
  const waitedMs = parts.clock.now() - change.createdAt
  if (change.attempts === 1 && waitedMs < freshForMs) return change
  const { database } = parts
  const { accountId, changeId, connectionId, taskId } = change
  await refetchTask(parts, client, change, change)
  await parts.reached('refetched')
  const now = await findChange(database.db, accountId, changeId)
  if (now === undefined || now.status !== 'sent' || now.leaseNumber !== change.leaseNumber) {
    return undefined
  }
  const task = await database.transaction((db) => lockTask(db, connectionId, taskId))
  const isDone =
    task !== undefined &&
    fieldsOf(now.wanted).every((field) => sameField(field, now.wanted, task.observed))
  if (!isDone) return now
  await finish(parts, now, { kind: 'changed' })
  return undefined
}

async function finish(parts: ChangeParts, change: StoredChange, news: News): Promise<void> {
  const { clock, database } = parts
  const end = { status: 'done', at: clock.now() } as const
  await settle(database, (db) => finishChange(parts, db, change, end, news))
  await parts.reached('finished')
}

function wire({ wanted }: StoredChange): TaskChange {
  const { deadlineAt, isCompleted, assigneeIds, linkedRecords } = wanted
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

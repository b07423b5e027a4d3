// An update: PATCH, which may be repeated. What waited, or may have arrived already, looks at the task first, so that it
// neither overwrites what is newer nor is sent for nothing.
import type { AttioClient, TaskChange } from '@taskr/attio'
import { lookAtTask } from '../mirror/look-at-task.ts'
import { mirroredTask } from '../mirror/mirrored-task.ts'
import { keepTask } from '../mirror/show-over.ts'
import type { ChangeParts } from './change-parts.ts'
import { findChange } from './change-store.ts'
import { finishWith } from './finish-change.ts'
import type { Carried } from './judge-answer.ts'
import { fieldsOf, sameField } from './same-field.ts'
import { settleWithAttio } from './settle-with-attio.ts'
import type { StoredChange } from './stored-change.ts'

/** A change that leaves within this was made over what Attio has, as far as anybody can know. */
const freshForMs = 5_000

export async function carryUpdate(
  parts: ChangeParts,
  claimed: StoredChange,
  client: AttioClient,
): Promise<Carried> {
  const change = await lookFirst(parts, claimed, client)
  if (change === undefined) return { kind: 'finished' }
  const task = await client.tasks.update(change.taskId, wire(change))
  const receivedAt = parts.clock.now()
  await parts.reached('answered')
  const observed = mirroredTask(change.connectionId, task, task.accurateAt ?? receivedAt)
  await finishWith(parts, change, { observed })
  return { kind: 'finished' }
}

/** The change as it is to be sent; undefined when there is nothing left to send. */
async function lookFirst(
  parts: ChangeParts,
  change: StoredChange,
  client: AttioClient,
): Promise<StoredChange | undefined> {
  const waitedMs = parts.clock.now() - change.createdAt
  if (change.attempts === 1 && waitedMs < freshForMs) return change
  const { database } = parts
  const { accountId, changeId, connectionId, taskId } = change
  const looking = { database, clock: parts.clock, changes: settleWithAttio(parts, change) }
  await lookAtTask(looking, client, connectionId, taskId)
  await parts.reached('looked')
  const now = await findChange(database.db, accountId, changeId)
  if (now === undefined || now.status !== 'sent' || now.leaseNumber !== change.leaseNumber) {
    return undefined
  }
  const task = await database.transaction((db) => keepTask(db, connectionId, taskId))
  const isSo =
    task !== undefined &&
    fieldsOf(now.wanted).every((field) => sameField(field, now.wanted, task.observed))
  if (!isSo) return now
  await finishWith(parts, now, {})
  return undefined
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

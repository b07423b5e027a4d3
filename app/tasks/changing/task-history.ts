// Who changed a task in Taskr, and when: for its page, and for an undo that comes too late.
import type { Db } from '../../database/tables.ts'
import type { AccountId } from '../../support/ids.ts'
import { findMembers } from '../names/member-store.ts'
import { nameOf } from '../reading/listed-task.ts'
import type { ChangeInList } from '../change-rows/change.ts'
import { listChangesOfTask } from '../change-rows/found-change-store.ts'
import { fieldsOf } from '../change-rows/same-field.ts'
import { inList, type StoredChange } from '../change-rows/stored-change.ts'
import type { ChangedBy, TaskReference } from './recorded.ts'

export type ChangeOfTask = ChangeInList & { readonly by: ChangedBy }

const mostListed = 20

/**
 * Lists the latest changes of a task, newest first: all that the account made, and those of colleagues that are at Attio
 * or on their way. Finished ones are kept for a week.
 */
export async function listTaskHistory(
  db: Db,
  task: TaskReference,
): Promise<readonly ChangeOfTask[]> {
  const changes = await listChangesOfTask(db, task.accountId, task, mostListed)
  return await withNames(db, task.accountId, changes)
}

/** Returns who changed one of the change's fields after it in Taskr; undefined when that happened in Attio. */
export async function findLaterChange(
  db: Db,
  change: StoredChange,
): Promise<ChangedBy | undefined> {
  const fields = new Set<string>(fieldsOf(change.wanted))
  const changes = await listChangesOfTask(db, change.accountId, change, mostListed)
  const later = changes.find(
    ({ changeId, status, wanted }) =>
      changeId > change.changeId &&
      status !== 'failed' &&
      status !== 'withdrawn' &&
      fieldsOf(wanted).some((field) => fields.has(field)),
  )
  if (later === undefined) return undefined
  const [named] = await withNames(db, change.accountId, [later])
  return named?.by
}

async function withNames(
  db: Db,
  reader: AccountId,
  changes: readonly StoredChange[],
): Promise<readonly ChangeOfTask[]> {
  const [first] = changes
  if (first === undefined) return []
  const others = changes.filter(({ accountId }) => accountId !== reader)
  const memberIds = new Set(others.flatMap(({ memberId }) => memberId ?? []))
  const members = await findMembers(db, new Map([[first.connectionId, [...memberIds]]]))
  const names = new Map(members.map((member) => [member.memberId, nameOf(member)]))
  return changes.map((change) => ({
    ...inList(change),
    by:
      change.accountId === reader
        ? { kind: 'you' }
        : { kind: 'colleague', name: change.memberId && names.get(change.memberId) },
  }))
}

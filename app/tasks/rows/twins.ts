// Tasks that Taskr's own creates with a lost answer seem to have made.
import type { Db } from '../../database/tables.ts'
import { sha256Base64Url } from '../../support/hash.ts'
import type { ConnectionId, TaskId } from '../../support/ids.ts'
import {
  hasUnknownCreates,
  listKnownCreations,
  listUnknownHashes,
} from '../change-rows/lost-create-store.ts'
import { lockTask } from './task-store.ts'
import type { MirroredTask } from './task-row.ts'

/** Returns the twins that have no row yet. */
export async function listUnknownTwins(
  db: Db,
  connectionId: ConnectionId,
  tasks: readonly MirroredTask[],
): Promise<ReadonlySet<TaskId>> {
  const unknown = new Set<TaskId>()
  for (const taskId of await listTwins(db, connectionId, tasks)) {
    if ((await lockTask(db, connectionId, taskId)) === undefined) unknown.add(taskId)
  }
  return unknown
}

/**
 * Returns the tasks that a create with a lost answer seems to have made. The create's own row shows the task until it
 * is found, so a second row would show it twice.
 */
export async function listTwins(
  db: Db,
  connectionId: ConnectionId,
  tasks: readonly MirroredTask[],
): Promise<ReadonlySet<TaskId>> {
  const made = tasks.filter(({ createdBy }) => createdBy?.startsWith('app:') === true)
  if (made.length === 0 || !(await hasUnknownCreates(db, connectionId))) return new Set()
  const hashes = new Map(
    made.map(({ taskId, content }) => [taskId, sha256Base64Url(content)] as const),
  )
  const lost = await listUnknownHashes(db, connectionId, [...new Set(hashes.values())])
  const ids = made.map(({ taskId }) => taskId).filter((id) => lost.has(hashes.get(id) ?? ''))
  const known = await listKnownCreations(db, ids)
  return new Set(ids.filter((taskId) => !known.has(taskId)))
}

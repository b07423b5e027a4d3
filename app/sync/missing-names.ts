// Reads names that a task arrived without: those of records and members that the mirror does not know yet.
import type { AttioOutcome } from '../connections/connections.ts'
import type { AccountId, ConnectionId, TaskId } from '../support/ids.ts'
import {
  findMembers,
  findShownTask,
  listRecords,
  wholeConnection,
  type MirroredRecord,
} from '../tasks/mirror.ts'
import { listStaleLinks, namelessStaysFreshMs, refreshRecordNames } from './refresh-names.ts'
import type { AskedMembers } from './asked-members.ts'
import type { SyncParts } from './sync-parts.ts'

interface Owner {
  readonly accountId: AccountId
  readonly connectionId: ConnectionId
}

export interface TaskToName {
  readonly owner: Owner
  readonly taskId: TaskId
  readonly asked: AskedMembers
}

/**
 * Requests the names that a refetched task lacks. They are read apart from tasks: where Attio limits or refuses them,
 * no task waits, and one request for names reads those of many tasks.
 */
export async function requestMissingNames(
  parts: SyncParts,
  { owner, taskId, asked }: TaskToName,
): Promise<void> {
  const { connectionId } = owner
  const { db } = parts.database
  const task = await findShownTask(db, wholeConnection(connectionId), taskId)
  if (task === undefined) return
  const { assigneeIds, linkedRecords } = task
  const recordIds = linkedRecords.map(({ recordId }) => recordId)
  const records = await listRecords(db, new Map([[connectionId, recordIds]]))
  const at = parts.clock.now()
  const isFresh = ({ name, observedAt }: MirroredRecord): boolean =>
    name !== '' || Math.abs(at - observedAt) < namelessStaysFreshMs
  const named = new Set(records.filter(isFresh).map(({ recordId }) => recordId))
  if (recordIds.some((recordId) => !named.has(recordId))) await parts.readSoon(owner, 'names')
  const members = await findMembers(db, new Map([[connectionId, assigneeIds]]))
  const known = new Set(members.map(({ memberId }) => memberId))
  const unknown = assigneeIds.filter((memberId) => !known.has(memberId))
  if (asked.wereAsked(connectionId, unknown)) return
  await parts.readSoon(owner, 'members')
  asked.remember(connectionId, unknown)
}

/** Reads the names of linked records that are missing or a day old. */
export async function readMissingNames(
  parts: SyncParts,
  owner: Owner,
  signal?: AbortSignal,
): Promise<AttioOutcome<unknown>> {
  const { connectionId } = owner
  const links = await listStaleLinks(parts, connectionId)
  if (links.length === 0) return { kind: 'ok', value: undefined }
  const keepGoing = async (): Promise<void> => signal?.throwIfAborted()
  const outcome = await parts.connections.callAttio(
    owner,
    async (client) => {
      const { failure } = await refreshRecordNames(parts, client, {
        connectionId,
        links,
        keepGoing,
      })
      if (failure !== undefined) throw failure
    },
    signal,
  )
  parts.live.changed(connectionId)
  return outcome
}

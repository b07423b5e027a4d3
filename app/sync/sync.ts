// Keeps the mirror up to date: full syncs on a schedule, on demand and after a gap, and refetches of single tasks.
import type { AttioOutcome, Connection } from '../connections/connections.ts'
import type { Db } from '../database/tables.ts'
import type { Background, QueueState } from '../work/work.ts'
import type { AccountId, ConnectionId, TaskId } from '../support/ids.ts'
import { refetchTask, type Refetched } from '../tasks/mirror.ts'
import { beat } from './heartbeat-store.ts'
import type { SyncEnd } from './full-sync.ts'
import {
  listConnectionsWithCopies,
  listCopies,
  listSyncStates,
  type CopyState,
  type ListedConnection,
  type SyncState,
  type MirrorState,
} from './mirror-state-store.ts'
import {
  makeAllDue,
  makeMirrorDue,
  moveMirrorState,
  releaseMirrorLeases,
  removeMirrorState,
  measureDueMirrors,
  syncByTime,
} from './mirror-store.ts'
import { readMembers } from './refresh-names.ts'
import { createAskedMembers } from './asked-members.ts'
import { readMissingNames, requestMissingNames, type TaskToName } from './missing-names.ts'
import { gapMs, staleAfterMs, syncEveryMs } from './schedule.ts'
import { syncDueMirrors } from './sync-due-mirrors.ts'
import { createSyncRuns } from './sync-runs.ts'
import type { SyncParts } from './sync-parts.ts'

export { dueSyncs } from './mirror-store.ts'
export type { SyncEnd } from './full-sync.ts'
export type { CopyState, ListedConnection } from './mirror-state-store.ts'

interface Owner {
  readonly accountId: AccountId
  readonly connectionId: ConnectionId
}

export interface Sync {
  readonly listConnections: (accountId: AccountId) => Promise<readonly ListedConnection[]>
  /** Lists connections of several accounts and the states of their copies, for pages that are open. */
  readonly listCopies: (connectionIds: readonly ConnectionId[]) => Promise<readonly CopyState[]>
  /** Returns how fresh the copies of connections are, for operators. */
  readonly listStates: (connectionIds: readonly ConnectionId[]) => Promise<readonly SyncState[]>
  /**
   * Starts a background sync when a person opens a list whose copy is older than a minute, or than a quarter of an
   * hour with a live webhook. Does not wait for it.
   */
  readonly refresh: (connection: CopyState) => void
  /** Starts a background sync, however fresh the copy is: after connecting, or when a person asks. */
  readonly refreshNow: (owner: Owner) => Promise<void>
  /** Asks Attio in the background what the workspace is called and what Taskr may do, when a person asks for a sync. */
  readonly checkNow: (connection: Connection) => void
  /** Syncs once and returns how it ended. */
  readonly syncNow: (owner: Owner, staleAfterMs: number, signal?: AbortSignal) => Promise<SyncEnd>
  /** Starts syncs of due copies in the background; run every few seconds. */
  readonly syncDue: () => Promise<number>
  /** Records that a worker is alive; after a minute without any, every copy is due. Run every few seconds. */
  readonly noticeGap: () => Promise<boolean>
  /** Syncs as often as without a webhook from now on, because the connection's no longer works. */
  readonly syncByTime: (connectionId: ConnectionId) => Promise<void>
  /** Measures the queue of all connections' syncs. */
  readonly measureDue: () => Promise<QueueState>
  /** Makes every copy due, because changes may have been missed. */
  readonly syncAllSoon: () => Promise<void>
  /** Refetches one task, because a webhook named it. */
  readonly refetch: (
    owner: Owner,
    taskId: TaskId,
    signal?: AbortSignal,
  ) => Promise<AttioOutcome<Refetched>>
  /** Reads the workspace's members again. */
  readonly readMembers: (owner: Owner, signal?: AbortSignal) => Promise<AttioOutcome<unknown>>
  /** Reads the names of linked records that are missing or a day old. */
  readonly readNames: (owner: Owner, signal?: AbortSignal) => Promise<AttioOutcome<unknown>>
}

export function createSync(parts: SyncParts, background: Background): Sync {
  const { db } = parts.database
  const syncs = createSyncRuns(parts, background)
  const asked = createAskedMembers(parts.clock.now)
  return {
    listConnections: (accountId) => listConnectionsWithCopies(db, accountId, parts.clock.now()),
    listCopies: (connectionIds) => listCopies(db, connectionIds, parts.clock.now()),
    listStates: (connectionIds) => listSyncStates(db, connectionIds),
    refresh: (connection) => {
      const { mirror } = connection
      const staleMs = staleAfterMs[mirror?.isLive === true ? 'live' : 'polled']
      if (mayBegin(mirror, staleMs, parts.clock.now())) {
        syncs.begin(connection, staleMs)
      }
    },
    refreshNow: async (owner) => {
      await makeMirrorDue(db, owner)
      // A sync that a person asks for reads names again, too, since records may have been renamed.
      syncs.begin(owner, 0, { namesFreshForMs: 0 })
    },
    checkNow: (connection) =>
      background.run(`check ${connection.connectionId}`, (signal) =>
        parts.connections.check(connection, signal),
      ),
    syncNow: syncs.run,
    syncDue: () => syncDueMirrors(parts, syncs.beginDue),
    syncByTime: (connectionId) => syncByTime(db, connectionId),
    measureDue: () => measureDueMirrors(db, parts.clock.now()),
    noticeGap: async () => {
      const isGap = await beat(db, 'syncs', { at: parts.clock.now(), gapMs })
      if (isGap) await makeAllDue(db, parts.clock.now())
      return isGap
    },
    syncAllSoon: () => makeAllDue(db, parts.clock.now()),
    refetch: (owner, taskId, signal) => refetch(parts, { owner, taskId, asked }, signal),
    readMembers: (owner, signal) => readMembers(parts, owner, signal),
    readNames: (owner, signal) => readMissingNames(parts, owner, signal),
  }
}

/** False when a sync would find at once that it has nothing to do: most page views write nothing. */
function mayBegin(mirror: MirrorState | undefined, staleMs: number, now: number): boolean {
  if (mirror === undefined) return true
  const { asOf, restsUntil, syncStartedAt } = mirror
  // An instant ahead of this clock was written by a clock that has been set back.
  const isFresh = asOf !== undefined && asOf > now - staleMs && asOf <= now
  const isResting = restsUntil > now && restsUntil <= now + syncEveryMs.live
  return syncStartedAt === undefined && !isFresh && !isResting
}

async function refetch(
  parts: SyncParts,
  { owner, taskId, asked }: TaskToName,
  signal?: AbortSignal,
): Promise<AttioOutcome<Refetched>> {
  const { connectionId } = owner
  const outcome = await parts.connections.callAttio(
    owner,
    (client) => refetchTask(parts, client, { connectionId, taskId }),
    signal,
  )
  if (outcome.kind !== 'ok') return outcome
  if (outcome.value !== 'gone') await requestMissingNames(parts, { owner, taskId, asked })
  if (outcome.value !== 'same') parts.live.changed(connectionId)
  return outcome
}

/**
 * Releases every lease when a process starts with the database to itself, so that a killed sync does not look as if
 * it were running.
 */
export async function forgetSyncsUnderWay(db: Db): Promise<void> {
  await releaseMirrorLeases(db)
}

/** Gives the syncs of a connection to another owner, as part of the transaction that hands it over. */
export async function moveMirror(
  db: Db,
  connectionId: ConnectionId,
  move: { readonly to: AccountId },
): Promise<void> {
  await moveMirrorState(db, connectionId, move)
}

/** Forgets how fresh a connection's copy is, as part of the transaction that ends the connection. */
export async function forgetMirrorState(db: Db, connectionId: ConnectionId): Promise<void> {
  await removeMirrorState(db, connectionId)
}

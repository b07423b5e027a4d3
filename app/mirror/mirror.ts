// What the rest of Taskr may do with its copy of Attio: read it, and have it brought up to date.
import type { AttioOutcome } from '../connections/attio-clients.ts'
import type { Db } from '../database/tables.ts'
import type { Background } from '../support/background.ts'
import type { AccountId, ConnectionId, TaskId } from '../support/ids.ts'
import { listMembers, removeMembers, type MirroredMember } from './member-store.ts'
import type { MirrorParts } from './mirror-parts.ts'
import {
  listMirrorStates,
  makeMirrorDue,
  releaseMirrorLeases,
  removeMirrorState,
  type MirrorState,
} from './mirror-store.ts'
import { addRecords, listRecords, removeRecords, type MirroredRecord } from './record-store.ts'
import { readMembers } from './refresh-names.ts'
import { forgetRemoved, forgetRemovedBefore } from './removed-task-store.ts'
import {
  countOpenTasks,
  countTasks,
  listTasks,
  type OpenCounts,
  type TaskFilter,
} from './task-list-store.ts'
import { findTask, removeTasks } from './task-store.ts'
import type { ShownTask } from './task-row.ts'
import { lookAtTask, type Look } from './look-at-task.ts'
import { walk, type WalkEnd } from './walk.ts'

export type { MirroredMember } from './member-store.ts'
export type { MirrorState } from './mirror-store.ts'
export type { MirroredRecord } from './record-store.ts'
export type { Look } from './look-at-task.ts'
export type { ChangesUnderWay, Pending } from './pending.ts'
export type { OpenCounts, TaskFilter, Whose } from './task-list-store.ts'
export type { MirroredLink, MirroredTask, ShownTask } from './task-row.ts'

interface Owner {
  readonly accountId: AccountId
  readonly connectionId: ConnectionId
}

export interface Mirror {
  readonly listTasks: (
    connectionIds: readonly ConnectionId[],
    query: TaskFilter & { readonly limit: number; readonly offset: number },
  ) => Promise<readonly ShownTask[]>
  /** As a person sees it; undefined also while its deletion is on its way. */
  readonly findTask: (connectionId: ConnectionId, taskId: TaskId) => Promise<ShownTask | undefined>
  readonly countTasks: (
    connectionIds: readonly ConnectionId[],
    filter: TaskFilter,
  ) => Promise<number>
  readonly countOpenTasks: (
    connectionIds: readonly ConnectionId[],
    query: Parameters<typeof countOpenTasks>[2],
  ) => Promise<readonly OpenCounts[]>
  readonly listMembers: (
    connectionIds: readonly ConnectionId[],
  ) => Promise<readonly MirroredMember[]>
  readonly listRecords: (
    connectionId: ConnectionId,
    recordIds: readonly string[],
  ) => Promise<readonly MirroredRecord[]>
  /** Keeps names that were met on the way; those known already stay. */
  readonly rememberRecords: (records: readonly MirroredRecord[]) => Promise<void>
  readonly listStates: (connectionIds: readonly ConnectionId[]) => Promise<readonly MirrorState[]>
  /** Has the copy read again in the background when it is older than a minute. Waits for nothing. */
  readonly refresh: (owner: Owner) => void
  /** The same, however young the copy is: after connecting, or when a person asks. */
  readonly refreshNow: (owner: Owner) => Promise<void>
  /** Walks once and says how it went. */
  readonly walk: (owner: Owner, staleAfterMs: number, signal?: AbortSignal) => Promise<WalkEnd>
  /** Reads one task again, as after a hint. */
  readonly look: (owner: Owner, taskId: TaskId, signal?: AbortSignal) => Promise<AttioOutcome<Look>>
  /** Reads who the workspace's members are. */
  readonly readMembers: (owner: Owner, signal?: AbortSignal) => Promise<AttioOutcome<void>>
  /** For once an hour. */
  readonly forgetRemoved: () => Promise<void>
}

export const staleAfterMs = 60_000
/** No answer is on its way for that long. */
const removedMattersForMs = 24 * 3_600_000

export function createMirror(parts: MirrorParts, background: Background): Mirror {
  const { db } = parts.database
  const walkInBackground = (owner: Owner, staleMs: number): void => {
    background.run(`walk ${owner.connectionId}`, async (signal) => {
      // Somebody who asks during a walk ends it: what they asked for is another.
      for (let isLost = true; isLost && !signal.aborted;) {
        const ended = await walk(parts, owner, { staleAfterMs: staleMs, signal })
        isLost = ended.kind === 'failed' && ended.problem === 'lost'
      }
    })
  }
  return {
    listTasks: (connectionIds, query) => listTasks(db, connectionIds, query),
    findTask: (connectionId, taskId) => findTask(db, connectionId, taskId),
    countTasks: (connectionIds, filter) => countTasks(db, connectionIds, filter),
    countOpenTasks: (connectionIds, query) => countOpenTasks(db, connectionIds, query),
    listMembers: (connectionIds) => listMembers(db, connectionIds),
    listRecords: (connectionId, recordIds) => listRecords(db, connectionId, recordIds),
    rememberRecords: (records) => addRecords(db, records),
    listStates: (connectionIds) => listMirrorStates(db, connectionIds, parts.clock.now()),
    refresh: (owner) => walkInBackground(owner, staleAfterMs),
    refreshNow: async (owner) => {
      await makeMirrorDue(db, owner.connectionId)
      walkInBackground(owner, 0)
    },
    walk: (owner, staleMs, signal) =>
      walk(parts, owner, { staleAfterMs: staleMs, ...(signal === undefined ? {} : { signal }) }),
    look: (owner, taskId, signal) => look(parts, owner, taskId, signal),
    readMembers: (owner, signal) => readMembers(parts, owner, signal),
    forgetRemoved: () => forgetRemovedBefore(db, parts.clock.now() - removedMattersForMs),
  }
}

async function look(
  parts: MirrorParts,
  owner: Owner,
  taskId: TaskId,
  signal?: AbortSignal,
): Promise<AttioOutcome<Look>> {
  const outcome = await parts.connections.callAttio(
    owner,
    (client) => lookAtTask(parts, client, owner.connectionId, taskId),
    signal,
  )
  if (outcome.kind === 'ok' && outcome.value !== 'same') parts.live.changed(owner.accountId)
  return outcome
}

/** When a process starts that has the database to itself: a walk that was killed must not look under way. */
export async function forgetWalksUnderWay(db: Db): Promise<void> {
  await releaseMirrorLeases(db)
}

/** Drops a connection's copy, as part of the transaction that ends the connection. */
export async function forgetMirror(db: Db, connectionId: ConnectionId): Promise<void> {
  await removeMirrorState(db, connectionId)
  await removeTasks(db, connectionId)
  await removeMembers(db, connectionId)
  await removeRecords(db, connectionId)
  await forgetRemoved(db, connectionId)
}

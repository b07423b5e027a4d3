// What the rest of Taskr may do with its copy of Attio: read it, and have it brought up to date.
import type { Db } from '../database/tables.ts'
import type { Background } from '../support/background.ts'
import type { AccountId, ConnectionId } from '../support/ids.ts'
import { listMembers, removeMembers, type MirroredMember } from './member-store.ts'
import type { MirrorParts } from './mirror-parts.ts'
import {
  listMirrorStates,
  makeMirrorDue,
  releaseMirrorLeases,
  removeMirrorState,
  type MirrorState,
} from './mirror-store.ts'
import { listRecords, removeRecords, type MirroredRecord } from './record-store.ts'
import {
  countOpenTasks,
  countTasks,
  listTasks,
  removeTasks,
  type OpenCounts,
  type TaskFilter,
} from './task-store.ts'
import type { MirroredTask } from './task-row.ts'
import { walk, type WalkEnd } from './walk.ts'

export type { MirroredMember } from './member-store.ts'
export type { MirrorState } from './mirror-store.ts'
export type { MirroredRecord } from './record-store.ts'
export type { OpenCounts, TaskFilter, Whose } from './task-store.ts'
export type { MirroredLink, MirroredTask } from './task-row.ts'

interface Owner {
  readonly accountId: AccountId
  readonly connectionId: ConnectionId
}

export interface Mirror {
  readonly listTasks: (
    connectionIds: readonly ConnectionId[],
    query: TaskFilter & { readonly limit: number; readonly offset: number },
  ) => Promise<readonly MirroredTask[]>
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
  readonly listStates: (connectionIds: readonly ConnectionId[]) => Promise<readonly MirrorState[]>
  /** Has the copy read again in the background when it is older than a minute. Waits for nothing. */
  readonly refresh: (owner: Owner) => void
  /** The same, however young the copy is: after connecting, or when a person asks. */
  readonly refreshNow: (owner: Owner) => Promise<void>
  /** Walks once and says how it went. */
  readonly walk: (owner: Owner, staleAfterMs: number, signal?: AbortSignal) => Promise<WalkEnd>
}

export const staleAfterMs = 60_000

export function createMirror(parts: MirrorParts, background: Background): Mirror {
  const { db } = parts.database
  const walkInBackground = (owner: Owner, staleMs: number): void => {
    background.run(`walk ${owner.connectionId}`, (signal) =>
      walk(parts, owner, { staleAfterMs: staleMs, signal }),
    )
  }
  return {
    listTasks: (connectionIds, query) => listTasks(db, connectionIds, query),
    countTasks: (connectionIds, filter) => countTasks(db, connectionIds, filter),
    countOpenTasks: (connectionIds, query) => countOpenTasks(db, connectionIds, query),
    listMembers: (connectionIds) => listMembers(db, connectionIds),
    listRecords: (connectionId, recordIds) => listRecords(db, connectionId, recordIds),
    listStates: (connectionIds) => listMirrorStates(db, connectionIds, parts.clock.now()),
    refresh: (owner) => walkInBackground(owner, staleAfterMs),
    refreshNow: async (owner) => {
      await makeMirrorDue(db, owner.connectionId)
      walkInBackground(owner, 0)
    },
    walk: (owner, staleMs, signal) =>
      walk(parts, owner, { staleAfterMs: staleMs, ...(signal === undefined ? {} : { signal }) }),
  }
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
}

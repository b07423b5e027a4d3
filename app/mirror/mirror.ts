// What the rest of Taskr may do with its copy of Attio: read it, and have it brought up to date.
import type { AttioOutcome } from '../connections/calling/call-attio.ts'
import type { Db } from '../database/tables.ts'
import type { Background } from '../work/work.ts'
import { createGate } from '../support/gate.ts'
import type { AccountId, ConnectionId, MemberId, TaskId } from '../support/ids.ts'
import { listMembers, removeMembers, type MirroredMember } from './member-store.ts'
import type { MirrorParts } from './mirror-parts.ts'
import {
  listMirrorStates,
  makeAllDue,
  makeMirrorDue,
  releaseMirrorLeases,
  removeMirrorState,
  type MirrorState,
} from './mirror-store.ts'
import {
  addRecords,
  listRecordNames,
  listRecords,
  removeRecords,
  type MirroredRecord,
  type RecordName,
} from './record-store.ts'
import { readMembers } from './refresh-names.ts'
import { forgetRemoved, forgetRemovedBefore } from './removed-task-store.ts'
import {
  countOpenTasks,
  countTasks,
  listTasks,
  listTasksAfter,
  type OpenCounts,
  type TaskFilter,
} from './task-list-store.ts'
import { findTask, removeTasks } from './task-store.ts'
import type { ShownTask } from './task-row.ts'
import { lookAtTask, type Look } from './look-at-task.ts'
import { beat } from './heartbeat-store.ts'
import { findMembers } from './member-store.ts'
import { gapMs, staleAfterMs } from './schedule.ts'
import { walkWhatIsDue } from './walk-what-is-due.ts'
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

export interface CopyState extends MirrorState {
  /** Attio tells Taskr what changes: the copy is right as of now, but for what is lost on the way. */
  readonly isLive: boolean
}

export interface Mirror {
  readonly listTasks: (
    connectionIds: readonly ConnectionId[],
    query: TaskFilter & { readonly limit: number; readonly offset: number },
  ) => Promise<readonly ShownTask[]>
  /** The next tasks of a connection in the order of their ids: for exports. */
  readonly listTasksAfter: (
    connectionId: ConnectionId,
    after: ShownTask | undefined,
    limit: number,
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
  /** Those of the connection's members that have one of these ids. */
  readonly findMembers: (
    connectionId: ConnectionId,
    memberIds: readonly MemberId[],
  ) => Promise<readonly MirroredMember[]>
  readonly listRecords: (
    connectionId: ConnectionId,
    recordIds: readonly string[],
  ) => Promise<readonly MirroredRecord[]>
  /** Names of the records that tasks are linked to, those seen last first. */
  readonly listRecordNames: (connectionId: ConnectionId) => Promise<readonly RecordName[]>
  /** Keeps names that were met on the way; those known already stay. */
  readonly rememberRecords: (records: readonly MirroredRecord[]) => Promise<void>
  readonly listStates: (connectionIds: readonly ConnectionId[]) => Promise<readonly CopyState[]>
  /**
   * Somebody looks at the copy: it is read again in the background when it is older than a minute, or than a quarter of
   * an hour where Attio tells Taskr of changes. Waits for nothing.
   */
  readonly refresh: (owner: Owner) => void
  /** The same, however young the copy is: after connecting, or when a person asks. */
  readonly refreshNow: (owner: Owner) => Promise<void>
  /** Walks once and says how it went. */
  readonly walk: (owner: Owner, staleAfterMs: number, signal?: AbortSignal) => Promise<WalkEnd>
  /** Begins, in the background, on whatever copies are due. For every few seconds. */
  readonly walkDue: () => Promise<number>
  /** Notes that this node is at work; after more than a minute without any, every copy is due. For every few seconds. */
  readonly noticeGap: () => Promise<boolean>
  /** Something may have been missed: every copy is due. */
  readonly walkAllSoon: () => Promise<void>
  /** Reads one task again, as after a hint. */
  readonly look: (owner: Owner, taskId: TaskId, signal?: AbortSignal) => Promise<AttioOutcome<Look>>
  /** Reads who the workspace's members are. */
  readonly readMembers: (owner: Owner, signal?: AbortSignal) => Promise<AttioOutcome<void>>
  /** For once an hour. */
  readonly forgetRemoved: () => Promise<void>
}

/** Of one node; those that people ask for find a place when the others are taken. */
const walksAtOnce = 8
const dueWalksAtOnce = 6
/** No answer is on its way for that long. */
const removedMattersForMs = 24 * 3_600_000

export function createMirror(parts: MirrorParts, background: Background): Mirror {
  const { db } = parts.database
  const gate = createGate(walksAtOnce)
  const dueGate = createGate(dueWalksAtOnce)
  const walkInTurn = (owner: Owner, ms: number, signal?: AbortSignal): Promise<WalkEnd> =>
    gate.pass(
      () => walk(parts, owner, { staleAfterMs: ms, ...(signal === undefined ? {} : { signal }) }),
      signal,
    )
  const walkInBackground = (owner: Owner, staleMs: () => Promise<number>): void => {
    background.run(`walk ${owner.connectionId}`, async (signal) => {
      // Somebody who asks during a walk ends it: what they asked for is another.
      for (let ms: number | undefined = await staleMs(); ms !== undefined && !signal.aborted;) {
        const ended = await walkInTurn(owner, ms, signal)
        ms = ended.kind === 'failed' && ended.problem === 'lost' ? 0 : undefined
      }
    })
  }
  const isTold = async ({ connectionId }: Owner): Promise<boolean> =>
    (await parts.listTold([connectionId])).has(connectionId)
  return {
    listTasks: (connectionIds, query) => listTasks(db, connectionIds, query),
    listTasksAfter: (connectionId, after, limit) => listTasksAfter(db, connectionId, after, limit),
    findTask: (connectionId, taskId) => findTask(db, connectionId, taskId),
    countTasks: (connectionIds, filter) => countTasks(db, connectionIds, filter),
    countOpenTasks: (connectionIds, query) => countOpenTasks(db, connectionIds, query),
    listMembers: (connectionIds) => listMembers(db, connectionIds),
    findMembers: (connectionId, memberIds) => findMembers(db, connectionId, memberIds),
    listRecordNames: (connectionId) => listRecordNames(db, connectionId),
    listRecords: (connectionId, recordIds) => listRecords(db, connectionId, recordIds),
    rememberRecords: (records) => addRecords(db, records),
    listStates: async (connectionIds) => {
      const told = await parts.listTold(connectionIds)
      const states = await listMirrorStates(db, connectionIds, parts.clock.now())
      return states.map((state) => ({ ...state, isLive: told.has(state.connectionId) }))
    },
    refresh: (owner) =>
      walkInBackground(owner, async () => staleAfterMs[(await isTold(owner)) ? 'told' : 'untold']),
    refreshNow: async (owner) => {
      await makeMirrorDue(db, owner)
      walkInBackground(owner, async () => 0)
    },
    walk: walkInTurn,
    walkDue: () =>
      walkWhatIsDue(parts, (owner, olderThan) => {
        background.run(`due walk ${owner.connectionId}`, (signal) => {
          const begin = () => walkInTurn(owner, parts.clock.now() - olderThan, signal)
          return dueGate.pass(begin, signal)
        })
      }),
    noticeGap: async () => {
      const at = parts.clock.now()
      const isGap = await beat(db, 'walks', { at, gapMs })
      if (isGap) await makeAllDue(db)
      return isGap
    },
    walkAllSoon: () => makeAllDue(db),
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

// Keeps the mirror up to date: full syncs on a schedule, on demand and after a gap, and refetches of single tasks.
import type { AttioClient } from '@taskr/attio'
import type { Connection } from '../connections/connections.ts'
import type { AttioOutcome } from '../connections/connections.ts'
import type { Db } from '../database/tables.ts'
import type { Background } from '../work/work.ts'
import { createGate } from '../support/gate.ts'
import type { AccountId, ConnectionId, TaskId } from '../support/ids.ts'
import { findShownTask, listRecords, refetchTask, type Refetched } from '../tasks/mirror.ts'
import { beat } from './heartbeat-store.ts'
import { fullSync, type SyncEnd } from './full-sync.ts'
import {
  listMirrorStates,
  makeAllDue,
  makeMirrorDue,
  releaseMirrorLeases,
  removeMirrorState,
  type MirrorState,
} from './mirror-store.ts'
import { readMembers, refreshRecordNames } from './refresh-names.ts'
import { gapMs, staleAfterMs } from './schedule.ts'
import { syncDueMirrors } from './sync-due-mirrors.ts'
import type { SyncParts } from './sync-parts.ts'

export type { SyncEnd } from './full-sync.ts'
export type { MirrorState } from './mirror-store.ts'

interface Owner {
  readonly accountId: AccountId
  readonly connectionId: ConnectionId
}

export interface CopyState extends MirrorState {
  /** True when a webhook announces every change. */
  readonly isLive: boolean
}

/** A connection and how fresh its copy is; `mirror` is absent before the first sync. */
export interface ListedConnection extends Connection {
  readonly mirror: CopyState | undefined
}

export interface Sync {
  readonly listConnections: (accountId: AccountId) => Promise<readonly ListedConnection[]>
  readonly listStates: (connectionIds: readonly ConnectionId[]) => Promise<readonly CopyState[]>
  /**
   * Starts a background sync when a person opens a list whose copy is older than a minute, or than a quarter of an
   * hour with a live webhook. Does not wait for it.
   */
  readonly refresh: (owner: Owner) => void
  /** Starts a background sync, however fresh the copy is: after connecting, or when a person asks. */
  readonly refreshNow: (owner: Owner) => Promise<void>
  /** Syncs once and returns how it ended. */
  readonly syncNow: (owner: Owner, staleAfterMs: number, signal?: AbortSignal) => Promise<SyncEnd>
  /** Starts syncs of due copies in the background; run every few seconds. */
  readonly syncDue: () => Promise<number>
  /** Records that a worker is alive; after a minute without any, every copy is due. Run every few seconds. */
  readonly noticeGap: () => Promise<boolean>
  /** Makes every copy due, because changes may have been missed. */
  readonly syncAllSoon: () => Promise<void>
  /** Refetches one task, because a webhook named it. */
  readonly refetch: (
    owner: Owner,
    taskId: TaskId,
    signal?: AbortSignal,
  ) => Promise<AttioOutcome<Refetched>>
  /** Reads the workspace's members again. */
  readonly readMembers: (owner: Owner, signal?: AbortSignal) => Promise<AttioOutcome<void>>
}

/**
 * The limits per node: scheduled syncs take at most six of the eight places, so that a sync a person asks for finds
 * one.
 */
const syncsAtOnce = 8
const dueSyncsAtOnce = 6

export function createSync(parts: SyncParts, background: Background): Sync {
  const { db } = parts.database
  const gate = createGate(syncsAtOnce)
  const dueGate = createGate(dueSyncsAtOnce)
  const syncInTurn = (
    owner: Owner,
    ms: number,
    signal?: AbortSignal,
    names: { readonly namesFreshForMs?: number } = {},
  ): Promise<SyncEnd> =>
    gate.pass(
      () =>
        fullSync(parts, owner, {
          staleAfterMs: ms,
          ...names,
          ...(signal === undefined ? {} : { signal }),
        }),
      signal,
    )
  const syncInBackground = (
    owner: Owner,
    staleMs: () => Promise<number>,
    names: { readonly namesFreshForMs?: number } = {},
  ): void => {
    background.run(`sync ${owner.connectionId}`, async (signal) => {
      // A person who asks during a sync takes over its lease and gets a sync that starts afterwards.
      for (let ms: number | undefined = await staleMs(); ms !== undefined && !signal.aborted;) {
        const ended = await syncInTurn(owner, ms, signal, names)
        ms = ended.kind === 'failed' && ended.problem === 'lost' ? 0 : undefined
      }
    })
  }
  const isLive = async ({ connectionId }: Owner): Promise<boolean> =>
    (await parts.listLive([connectionId])).has(connectionId)
  const listStates = async (
    connectionIds: readonly ConnectionId[],
  ): Promise<readonly CopyState[]> => {
    const live = await parts.listLive(connectionIds)
    const states = await listMirrorStates(db, connectionIds, parts.clock.now())
    return states.map((state) => ({ ...state, isLive: live.has(state.connectionId) }))
  }

  return {
    listConnections: async (accountId) => {
      const connections = await parts.connections.list(accountId)
      const states = await listStates(connections.map(({ connectionId }) => connectionId))
      const byConnection = new Map(states.map((state) => [state.connectionId, state]))
      return connections.map((connection) => ({
        ...connection,
        mirror: byConnection.get(connection.connectionId),
      }))
    },
    listStates,
    refresh: (owner) =>
      syncInBackground(owner, async () => staleAfterMs[(await isLive(owner)) ? 'live' : 'polled']),
    refreshNow: async (owner) => {
      await makeMirrorDue(db, owner)
      // A sync that a person asks for reads names again, too, since records may have been renamed.
      syncInBackground(owner, async () => 0, { namesFreshForMs: 0 })
    },
    syncNow: (owner, ms, signal) => syncInTurn(owner, ms, signal),
    syncDue: () =>
      syncDueMirrors(parts, (owner, olderThan) => {
        background.run(`due sync ${owner.connectionId}`, (signal) => {
          const begin = () => syncInTurn(owner, parts.clock.now() - olderThan, signal)
          return dueGate.pass(begin, signal)
        })
      }),
    noticeGap: async () => {
      const at = parts.clock.now()
      const isGap = await beat(db, 'syncs', { at, gapMs })
      if (isGap) await makeAllDue(db)
      return isGap
    },
    syncAllSoon: () => makeAllDue(db),
    refetch: (owner, taskId, signal) => refetch(parts, owner, taskId, signal),
    readMembers: (owner, signal) => readMembers(parts, owner, signal),
  }
}

async function refetch(
  parts: SyncParts,
  owner: Owner,
  taskId: TaskId,
  signal?: AbortSignal,
): Promise<AttioOutcome<Refetched>> {
  const outcome = await parts.connections.callAttio(
    owner,
    async (client) => {
      const { connectionId } = owner
      const refetched = await refetchTask(parts, client, { connectionId, taskId })
      if (refetched === 'saved') await nameLinksOf(parts, client, { connectionId, taskId })
      return refetched
    },
    signal,
  )
  if (outcome.kind === 'ok' && outcome.value !== 'same') parts.live.changed(owner.accountId)
  return outcome
}

/** Reads the names of a task's linked records that are not known yet. */
async function nameLinksOf(
  parts: SyncParts,
  client: AttioClient,
  { connectionId, taskId }: { readonly connectionId: ConnectionId; readonly taskId: TaskId },
): Promise<void> {
  const { db } = parts.database
  const task = await findShownTask(db, connectionId, taskId)
  const recordIds = task?.linkedRecords.map(({ recordId }) => recordId) ?? []
  const known = await listRecords(db, connectionId, recordIds)
  const named = new Set(known.flatMap(({ recordId, name }) => (name === '' ? [] : [recordId])))
  const links = task?.linkedRecords.filter(({ recordId }) => !named.has(recordId)) ?? []
  await refreshRecordNames(parts, client, { connectionId, links, keepGoing: async () => {} })
}

/**
 * Releases every lease when a process starts with the database to itself, so that a killed sync does not look as if
 * it were running.
 */
export async function forgetSyncsUnderWay(db: Db): Promise<void> {
  await releaseMirrorLeases(db)
}

/** Forgets how fresh a connection's copy is, as part of the transaction that ends the connection. */
export async function forgetMirrorState(db: Db, connectionId: ConnectionId): Promise<void> {
  await removeMirrorState(db, connectionId)
}

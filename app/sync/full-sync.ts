// One full sync of a workspace: members, every task, the names of linked records, and which tasks are gone. A sync
// that does not finish removes nothing and leaves "as of" where it was.
import {
  attioSaysUnauthorized,
  isAttioFailure,
  type AttioClient,
  type AttioFailure,
} from '@taskr/attio'
import type { AttioOutcome } from '../connections/connections.ts'
import type { AccountId, ConnectionId } from '../support/ids.ts'
import type { SyncParts } from './sync-parts.ts'
import { claimMirror, recordEnd, recordProgress } from './mirror-store.ts'
import { hasLiveWebhook, type MirrorProblem } from './mirror-state-store.ts'
import type { MirrorLease } from './mirror-lease.ts'
import { LeaseLostError } from '../work/work.ts'
import { mirroredTask, removeRecordsReadBefore } from '../tasks/mirror.ts'
import { readEveryTask } from './read-every-task.ts'
import { listStaleLinks, refreshMembers, refreshRecordNames } from './refresh-names.ts'
import type { Unread } from './unreadable.ts'
import { removeDeletedTasks } from './remove-deleted-tasks.ts'
import { observeMany } from '../tasks/mirror.ts'
import type { MirroredTask } from '../tasks/mirror.ts'
import { pauseAfter, syncEveryMs } from './schedule.ts'

export type SyncEnd =
  | { readonly kind: 'finished'; readonly tasksSeen: number; readonly rowsWritten: number }
  /** Another sync is running, or the copy is fresh enough. */
  | { readonly kind: 'not-needed' }
  | { readonly kind: 'failed'; readonly problem: MirrorProblem | 'needs-reconnect' | 'lost' }

/** Names are read once a day, so this is long after a record was last linked. */
const unlinkedNamesKeptMs = 30 * 24 * 3_600_000
/** Each save waits for the disk, so pages that arrive within this time are saved together. */
const saveEveryMs = 1_000
const savedAtOnce = 2_000
/** After a failed sync, a page view starts no new one for this long. */
const restMs = 15_000

export async function fullSync(
  parts: SyncParts,
  owner: { readonly accountId: AccountId; readonly connectionId: ConnectionId },
  options: {
    readonly staleAfterMs: number
    /** Names read longer ago than this are read again; a day by default. */
    readonly namesFreshForMs?: number
    readonly signal?: AbortSignal
  },
): Promise<SyncEnd> {
  const { db } = parts.database
  const startedAt = parts.clock.now()
  const { staleAfterMs } = options
  const lease = await claimMirror(db, owner, { at: startedAt, staleAfterMs })
  if (lease === undefined) return { kind: 'not-needed' }
  try {
    const outcome = await parts.connections.callAttio(
      owner,
      (client) => read(parts, client, { lease, accountId: owner.accountId, ...options }),
      options.signal,
    )
    const ended = await end(parts, lease, startedAt, outcome)
    if (mattersToReaders(ended)) parts.live.changed(owner.connectionId)
    return ended
  } catch (error) {
    const at = parts.clock.now()
    // A sync stopped by a shutdown is due at once; a failed one waits, so that failures do not repeat without pause.
    const nextSyncAt =
      options.signal?.aborted === true
        ? 0
        : at + pauseAfter(parts.randomBytes, { ...lease, isUnreachable: false })
    await recordEnd(db, lease, { problem: null, restUntil: at, nextSyncAt })
    if (error instanceof LeaseLostError) return { kind: 'failed', problem: 'lost' }
    throw error
  }
}

interface Reading {
  readonly tasksSeen: number
  readonly rowsWritten: number
  readonly unread: Unread
}

interface Syncing {
  readonly lease: MirrorLease
  readonly accountId: AccountId
  readonly namesFreshForMs?: number
}

/** True when an open page has to show the result: a sync without news changes only its time. */
function mattersToReaders(ended: SyncEnd): boolean {
  return ended.kind === 'failed' || (ended.kind === 'finished' && ended.rowsWritten > 0)
}

async function read(
  parts: SyncParts,
  client: AttioClient,
  { lease, accountId, namesFreshForMs }: Syncing,
): Promise<Reading> {
  const { connectionId } = lease
  const seen = new Set<string>()
  const unreadable = new Set<number>()
  let rowsWritten = 0
  const members = await refreshMembersOrSkip(parts, client, { accountId, connectionId })
  // Pages overlap, so the latest reading of a task replaces earlier ones.
  const unsaved = new Map<string, MirroredTask>()
  let savedAt = -Infinity
  const save = async (): Promise<void> => {
    const written = await parts.database.transaction(async (db) => {
      const progress = { tasksSeen: seen.size, at: parts.clock.now() }
      if (!(await recordProgress(db, lease, progress))) throw new LeaseLostError()
      return await observeMany(parts, db, [...unsaved.values()])
    })
    unsaved.clear()
    savedAt = parts.clock.now()
    rowsWritten += written
    if (written > 0) parts.live.changed(connectionId)
  }
  for await (const page of readEveryTask(client, parts.clock.now, parts.pages)) {
    for (const task of page.tasks) {
      seen.add(task.id)
      unsaved.set(task.id, mirroredTask(connectionId, task, page.observedAt))
    }
    for (const offset of page.unreadable) unreadable.add(offset)
    const isAwaited = Math.abs(parts.clock.now() - savedAt) >= saveEveryMs
    if (isAwaited || unsaved.size >= savedAtOnce) await save()
  }
  await save()
  const keepGoing = async (): Promise<void> => {
    const progress = { tasksSeen: seen.size, at: parts.clock.now() }
    if (!(await recordProgress(parts.database.db, lease, progress))) throw new LeaseLostError()
  }
  // Deleted tasks are removed first, so that slow names do not delay them.
  const read = { connectionId, seen, hasUnreadable: unreadable.size > 0 }
  rowsWritten += await removeDeletedTasks(parts, client, read, keepGoing)
  const links = await listStaleLinks(parts, connectionId, namesFreshForMs)
  const names = await refreshRecordNames(parts, client, { connectionId, links, keepGoing })
  if (names.failure !== undefined) await parts.readSoon({ accountId, connectionId }, 'names')
  // With all names read, an old one belongs to a record that no task is linked to any more.
  if (names.unread === 0) {
    const before = parts.clock.now() - unlinkedNamesKeptMs
    await removeRecordsReadBefore(parts.database.db, connectionId, before)
  }
  if (links.length > names.unread) parts.live.changed(connectionId)
  const unread = { tasks: unreadable.size, members, names: names.unread }
  return { tasksSeen: seen.size, rowsWritten, unread }
}

/** Returns how many members could not be read. Those that are known stay as they are. */
async function refreshMembersOrSkip(
  parts: SyncParts,
  client: AttioClient,
  owner: { readonly accountId: AccountId; readonly connectionId: ConnectionId },
): Promise<Unread['members']> {
  try {
    return await refreshMembers(parts, client, owner)
  } catch (error) {
    // A token that Attio does not accept reads nothing else either.
    if (!isAttioFailure(error) || attioSaysUnauthorized(error)) throw error
    parts.logger.warn('sync.members-failed', { connectionId: owner.connectionId, error })
    await parts.readSoon(owner, 'members')
    return 'all'
  }
}

async function end(
  parts: SyncParts,
  lease: MirrorLease,
  startedAt: number,
  outcome: AttioOutcome<Reading>,
): Promise<SyncEnd> {
  const { db } = parts.database
  if (outcome.kind === 'ok') {
    const isLive = await hasLiveWebhook(db, lease.connectionId)
    const nextSyncAt = startedAt + syncEveryMs[isLive ? 'live' : 'polled']
    const { unread, ...read } = outcome.value
    const kept = await recordEnd(db, lease, { asOf: startedAt, nextSyncAt, unread })
    return kept ? { kind: 'finished', ...read } : { kind: 'failed', problem: 'lost' }
  }
  const problem = problemOf(outcome)
  const at = parts.clock.now()
  const restUntil = Math.max(at + restMs, retryAtOf(outcome))
  // Reconnecting makes the mirror due again, so no retry is scheduled here.
  const needsReconnect = problem === 'needs-reconnect'
  const pauseMs = needsReconnect
    ? syncEveryMs.live
    : pauseAfter(parts.randomBytes, { ...lease, isUnreachable: problem === 'unreachable' })
  await recordEnd(db, lease, {
    problem: needsReconnect ? null : problem,
    restUntil,
    nextSyncAt: Math.max(at + pauseMs, restUntil),
  })
  parts.logger.warn('sync.failed', {
    connectionId: lease.connectionId,
    problem,
    ...(outcome.kind === 'unreachable' ? { error: outcome.failure } : {}),
  })
  return { kind: 'failed', problem }
}

type Failure = Exclude<AttioOutcome<Reading>, { kind: 'ok' }>

function problemOf(outcome: Failure): MirrorProblem | 'needs-reconnect' {
  switch (outcome.kind) {
    case 'unreachable':
      return problemOfFailure(outcome.failure)
    case 'locked':
      return 'unreachable'
    case 'forbidden':
      return 'forbidden'
    case 'needs-reconnect':
    case 'not-found':
      return 'needs-reconnect'
  }
}

function problemOfFailure(failure: AttioFailure): MirrorProblem {
  switch (failure.kind) {
    case 'response':
    case 'too-large':
      return 'unclear'
    case 'timeout':
      return 'slow'
    case 'api':
      return failure.status === 429 ? 'limited' : 'unreachable'
    case 'network':
    case 'unavailable':
      return 'unreachable'
  }
}

function retryAtOf(outcome: Failure): number {
  return outcome.kind === 'unreachable' ? (outcome.retryAt ?? 0) : 0
}

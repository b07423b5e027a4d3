// Runs full syncs on this node, a limited number at once.
import pLimit from 'p-limit'
import type { AccountId, ConnectionId } from '../support/ids.ts'
import type { Background } from '../work/work.ts'
import { fullSync, type SyncEnd } from './full-sync.ts'
import type { BeginSync } from './sync-due-mirrors.ts'
import type { SyncParts } from './sync-parts.ts'

interface Owner {
  readonly accountId: AccountId
  readonly connectionId: ConnectionId
}

interface Names {
  readonly namesFreshForMs?: number
}

export interface SyncRuns {
  /** Syncs when the copy is older than that, once there is a place. */
  readonly run: (owner: Owner, staleAfterMs: number, signal?: AbortSignal) => Promise<SyncEnd>
  /** The same in the background. */
  readonly begin: (owner: Owner, staleAfterMs: number, names?: Names) => void
  /** The same for a scheduled sync. */
  readonly beginDue: BeginSync
}

/**
 * The limits per node: scheduled syncs take at most six of the eight places, so that a sync a person asks for finds
 * one.
 */
const syncsAtOnce = 8
const dueSyncsAtOnce = 6

export function createSyncRuns(parts: SyncParts, background: Background): SyncRuns {
  const limit = pLimit(syncsAtOnce)
  const dueLimit = pLimit(dueSyncsAtOnce)
  const run = (
    owner: Owner,
    staleAfterMs: number,
    signal?: AbortSignal,
    names: Names = {},
  ): Promise<SyncEnd> =>
    limit(async () => {
      signal?.throwIfAborted()
      return await fullSync(parts, owner, { staleAfterMs, ...names, ...(signal && { signal }) })
    })
  return {
    run: (owner, staleAfterMs, signal) => run(owner, staleAfterMs, signal),
    begin: (owner, staleAfterMs, names) => {
      background.run(`sync ${owner.connectionId}`, async (signal) => {
        // A person who asks during a sync takes over its lease and gets a sync that starts afterwards.
        for (let ms: number | undefined = staleAfterMs; ms !== undefined && !signal.aborted;) {
          const ended = await run(owner, ms, signal, names)
          ms = ended.kind === 'failed' && ended.problem === 'lost' ? 0 : undefined
        }
      })
    },
    beginDue: (owner, olderThan) => {
      background.run(`due sync ${owner.connectionId}`, (signal) =>
        dueLimit(() => run(owner, parts.clock.now() - olderThan, signal)),
      )
    },
  }
}

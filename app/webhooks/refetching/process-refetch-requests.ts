// Processes refetch requests: those of one connection in sequence, connections in parallel. Failures are retried with
// back-off, never before Attio allows it; after a day a full sync takes over.
import type { AttioFailure } from '@taskr/attio'
import type { AttioOutcome } from '../../connections/connections.ts'
import type { Db } from '../../database/tables.ts'
import type { SyncEnd } from '../../sync/sync.ts'
import { asRefetchRequestId } from '../../support/ids.ts'
import {
  dropRefetchRequest,
  claimRefetchRequest,
  listDueOwners,
  longestRefetchWaitMs,
  requestFullSync,
  postponeRefetchRequest,
  finishRefetchRequest,
  type RefetchLease,
} from './refetch-request-store.ts'
import { backOffMs } from '../../work/work.ts'
import type { Owner, WebhookParts } from '../webhook-parts.ts'

const backOff = { firstMs: 5_000, longestMs: longestRefetchWaitMs }
const givesUpAfterMs = 24 * 3_600_000
/** After this many requests in a row without an answer, the connection's other requests wait for the next round. */
const silencesInARow = 3
const connectionsAtOnce = 500

/** Starts background work for every connection with a due request. Returns how many it started. */
export async function startDueRefetches(parts: WebhookParts): Promise<number> {
  const due = { at: parts.clock.now(), limit: connectionsAtOnce }
  const owners = await listDueOwners(parts.database.db, due)
  for (const owner of owners) startRefetching(parts, owner)
  return owners.length
}

export function startRefetching(parts: WebhookParts, owner: Owner): void {
  const { accountId, connectionId } = owner
  parts.background.kick(`refetches ${connectionId}`, (signal) =>
    processRefetchRequests(parts, { accountId, connectionId }, signal),
  )
}

async function processRefetchRequests(
  parts: WebhookParts,
  owner: Owner,
  signal: AbortSignal,
): Promise<void> {
  let lease = await claimNext(parts, parts.database.db, owner)
  for (let silences = 0; lease !== undefined;) {
    const held = lease
    const ended = await refetch(parts, held, signal)
    const silence = typeof ended === 'string' ? 'none' : ended.silence
    silences = silence === 'of this' ? silences + 1 : 0
    const goesOn = silence !== 'of all' && silences < silencesInARow && !signal.aborted
    const verdict = judge(parts, held, ended)
    // One commit for both: commits are the most expensive part of a refetch.
    lease = await parts.database.transaction(async (db) => {
      await record(parts, db, { lease: held, verdict })
      return goesOn ? await claimNext(parts, db, owner) : undefined
    })
    if (verdict === 'gave-up') {
      const { connectionId, attempts, subject } = held
      parts.logger.warn('webhooks.gave-up', { connectionId, about: subject.about, attempts })
    }
  }
}

function claimNext(
  { clock }: WebhookParts,
  db: Db,
  { connectionId }: Owner,
): Promise<RefetchLease | undefined> {
  return claimRefetchRequest(db, connectionId, clock.now())
}

/** `useless`: there is nothing left to read. */
type Refetched = 'done' | 'useless' | Failed

interface Failed {
  readonly retryAt: number
  /** `of all`: Attio limits every call of this token, so the next request would fail, too. */
  readonly silence: 'none' | 'of this' | 'of all'
}

const failed: Failed = { retryAt: 0, silence: 'none' }

async function refetch(
  parts: WebhookParts,
  lease: RefetchLease,
  signal: AbortSignal,
): Promise<Refetched> {
  const { sync } = parts
  switch (lease.subject.about) {
    case 'task':
      return refetched(await sync.refetch(lease, lease.subject.taskId, signal))
    case 'members':
      return refetched(await sync.readMembers(lease, signal))
    case 'names':
      return named(await sync.readNames(lease, signal))
    case 'everything':
      return synced(await sync.syncNow(lease, 0, signal))
  }
}

function refetched(outcome: AttioOutcome<unknown>): Refetched {
  switch (outcome.kind) {
    case 'ok':
      return 'done'
    case 'not-found':
    // A reconnect starts with a full sync.
    case 'needs-reconnect':
      return 'useless'
    case 'forbidden':
    case 'locked':
      return failed
    case 'unreachable': {
      const { failure, retryAt = 0 } = outcome
      return { retryAt, silence: silenceOf(failure) }
    }
  }
}

/** Names that Attio limits or does not send keep no task waiting. */
function named(outcome: AttioOutcome<unknown>): Refetched {
  const ended = refetched(outcome)
  return typeof ended === 'string' ? ended : { ...ended, silence: 'none' }
}

function silenceOf(failure: AttioFailure): Failed['silence'] {
  switch (failure.kind) {
    case 'response':
    case 'too-large':
      return 'none'
    case 'unavailable':
      return 'of all'
    case 'network':
    case 'timeout':
      return 'of this'
    case 'api':
      return failure.status === 429 ? 'of all' : failure.status >= 500 ? 'of this' : 'none'
  }
}

function synced(end: SyncEnd): Refetched {
  if (end.kind === 'finished') return 'done'
  if (end.kind === 'failed' && end.problem === 'needs-reconnect') return 'useless'
  return failed
}

/** `gave-up`: the request is a day old, and a full sync takes over. */
type Verdict = 'done' | 'useless' | 'gave-up' | { readonly waitsUntil: number }

function judge(parts: WebhookParts, lease: RefetchLease, ended: Refetched): Verdict {
  if (typeof ended === 'string') return ended
  const at = parts.clock.now()
  const isOld = at - lease.requestedAt >= givesUpAfterMs && lease.subject.about !== 'everything'
  if (isOld) return 'gave-up'
  const next = at + backOffMs(parts.randomBytes, backOff, lease.attempts)
  // Waits that Attio asks for are limited, too.
  return { waitsUntil: Math.max(next, Math.min(ended.retryAt, at + backOff.longestMs)) }
}

async function record(
  { clock, ids }: WebhookParts,
  db: Db,
  { lease, verdict }: { readonly lease: RefetchLease; readonly verdict: Verdict },
): Promise<void> {
  if (verdict === 'done') return await finishRefetchRequest(db, lease, clock.now())
  if (typeof verdict === 'object')
    return await postponeRefetchRequest(db, lease, verdict.waitsUntil)
  const isOurs = await dropRefetchRequest(db, lease)
  if (!isOurs || verdict === 'useless') return
  await requestFullSync(db, lease, { refetchRequestId: asRefetchRequestId(ids()), at: clock.now() })
}

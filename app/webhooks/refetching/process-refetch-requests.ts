// Works hints off: each connection's one after the other, the connections side by side. What fails waits, longer each
// time and never shorter than Attio asks; after a day of it a walk is to find out instead.
import type { AttioFailure } from '@taskr/attio'
import type { AttioOutcome } from '../../connections/calling/call-attio.ts'
import type { Db } from '../../database/tables.ts'
import type { SyncEnd } from '../../sync/sync.ts'
import { asHintId } from '../../support/ids.ts'
import {
  dropHint,
  leaseDueHint,
  listDueOwners,
  noteGap,
  postponeHint,
  settleHint,
  type HintLease,
} from './refetch-request-store.ts'
import { backOffMs } from '../../work/work.ts'
import type { Owner, WebhookParts } from '../webhook-parts.ts'

const leaseMs = 60_000
const backOff = { firstMs: 5_000, longestMs: 15 * 60_000 }
const givesUpAfterMs = 24 * 3_600_000
/** After so many in a row without an answer the rest of the connection's hints wait for the next round. */
const silencesInARow = 3
const connectionsAtOnce = 500

/** Begins, in the background, on every connection that has something due. */
export async function kickDueHints(parts: WebhookParts): Promise<number> {
  const due = { at: parts.clock.now(), limit: connectionsAtOnce }
  const owners = await listDueOwners(parts.database.db, due)
  for (const owner of owners) kickHints(parts, owner)
  return owners.length
}

export function kickHints(parts: WebhookParts, owner: Owner): void {
  const { accountId, connectionId } = owner
  parts.background.kick(`hints ${connectionId}`, (signal) =>
    processHints(parts, { accountId, connectionId }, signal),
  )
}

async function processHints(parts: WebhookParts, owner: Owner, signal: AbortSignal): Promise<void> {
  let lease = await leaseNext(parts, parts.database.db, owner)
  for (let silences = 0; lease !== undefined;) {
    const held = lease
    const ended = await follow(parts, held, signal)
    const silence = typeof ended === 'string' ? 'none' : ended.silence
    silences = silence === 'of this' ? silences + 1 : 0
    const goesOn = silence !== 'of all' && silences < silencesInARow && !signal.aborted
    const verdict = judge(parts, held, ended)
    // One commit for both: of all that is done with a hint, commits cost the most.
    lease = await parts.database.transaction(async (db) => {
      await record(parts, db, { lease: held, verdict })
      return goesOn ? await leaseNext(parts, db, owner) : undefined
    })
    if (verdict === 'gave-up') {
      const { connectionId, attempts, hint } = held
      parts.logger.warn('webhooks.gave-up', { connectionId, about: hint.about, attempts })
    }
  }
}

function leaseNext(
  { clock }: WebhookParts,
  db: Db,
  { connectionId }: Owner,
): Promise<HintLease | undefined> {
  const at = clock.now()
  return leaseDueHint(db, connectionId, { at, until: at + leaseMs })
}

/** `useless`: there is nothing to look at any more. */
type Followed = 'done' | 'useless' | Failed

interface Failed {
  readonly retryAt: number
  /** `of all`: Attio asks everybody to wait, so the next hint would fare no better. */
  readonly silence: 'none' | 'of this' | 'of all'
}

const failed: Failed = { retryAt: 0, silence: 'none' }

async function follow(
  parts: WebhookParts,
  lease: HintLease,
  signal: AbortSignal,
): Promise<Followed> {
  const { sync } = parts
  switch (lease.hint.about) {
    case 'task':
      return followed(await sync.refetch(lease, lease.hint.taskId, signal))
    case 'members':
      return followed(await sync.readMembers(lease, signal))
    case 'everything':
      return synced(await sync.syncNow(lease, 0, signal))
  }
}

function followed(outcome: AttioOutcome<unknown>): Followed {
  switch (outcome.kind) {
    case 'ok':
      return 'done'
    case 'not-found':
    // A reconnect begins with a walk.
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

function synced(end: SyncEnd): Followed {
  if (end.kind === 'finished') return 'done'
  if (end.kind === 'failed' && end.problem === 'needs-reconnect') return 'useless'
  return failed
}

/** `gave-up`: it is old, and a walk is to find out instead. */
type Verdict = 'done' | 'useless' | 'gave-up' | { readonly waitsUntil: number }

function judge(parts: WebhookParts, lease: HintLease, ended: Followed): Verdict {
  if (typeof ended === 'string') return ended
  const at = parts.clock.now()
  const isOld = at - lease.notedAt >= givesUpAfterMs && lease.hint.about !== 'everything'
  if (isOld) return 'gave-up'
  const next = at + backOffMs(parts.randomBytes, backOff, lease.attempts)
  return { waitsUntil: Math.max(next, ended.retryAt) }
}

async function record(
  { clock, ids }: WebhookParts,
  db: Db,
  { lease, verdict }: { readonly lease: HintLease; readonly verdict: Verdict },
): Promise<void> {
  if (verdict === 'done') return await settleHint(db, lease, clock.now())
  if (typeof verdict === 'object') return await postponeHint(db, lease, verdict.waitsUntil)
  const isOurs = await dropHint(db, lease)
  if (!isOurs || verdict === 'useless') return
  await noteGap(db, lease, { hintId: asHintId(ids()), at: clock.now() })
}

// Revokes tokens at Attio, each after the webhook that it made. Workers lease one revocation at a time and retry with
// back-off for up to a week. The audit log records how each ended.
import { isAttioFailure } from '@taskr/attio'
import { revokeAccessToken } from '@taskr/attio/oauth'
import type { RevocationId } from '../../support/ids.ts'
import { Secret } from '../../support/secret.ts'
import { backOffMs, settle } from '../../work/work.ts'
import { clientWith } from '../calling/call-attio.ts'
import type { ConnectionParts } from '../connection-parts.ts'
import {
  claimDueRevocation,
  longestRevocationWaitMs,
  postponeRevocation,
  recordAttempt,
  type RevocationLease,
} from './revocation-store.ts'
import { removeLeftWebhook } from './remove-webhook.ts'
import { SealError, type SealErrorCode } from '../keys/seal.ts'

const backOff = { firstMs: 15_000, longestMs: longestRevocationWaitMs }
const givesUpAfterMs = 7 * 24 * 3_600_000

/** Attempts every due revocation, or just the one named, until the signal. Returns how many it attempted. */
export async function revokeDueTokens(
  parts: ConnectionParts,
  options: { readonly only?: RevocationId; readonly signal?: AbortSignal } = {},
): Promise<number> {
  let attempts = 0
  while (options.signal?.aborted !== true) {
    const lease = await claimDueRevocation(parts.database.db, {
      at: parts.clock.now(),
      only: options.only,
    })
    if (lease === undefined) return attempts
    await attempt(parts, lease, options.signal)
    attempts += 1
    if (options.only !== undefined) return attempts
  }
  return attempts
}

/** Attio's answer to the revocation, for the receipt. */
export type RevocationAnswer =
  | 'revoked'
  | 'already-dead'
  | 'token-unreadable'
  | 'locked'
  | 'timeout'
  | 'network'
  | 'unreadable'
  | `http-${number}`

export interface Answer {
  readonly status: 'pending' | 'revoked' | 'gave-up'
  readonly answer: RevocationAnswer
  readonly retryAt?: number | undefined
}

async function attempt(
  parts: ConnectionParts,
  lease: RevocationLease,
  signal: AbortSignal | undefined,
): Promise<void> {
  const token = openToken(parts, lease)
  if (token instanceof Secret) {
    const left = await removeLeftWebhook(parts, { lease, token }, signal)
    if (left.kind === 'lost') return
    if (left.kind === 'again') {
      const until = nextAttemptAfter(parts, left.attempts, left.retryAt)
      await postponeRevocation(parts.database.db, lease, until)
      return parts.live.changed(lease.accountId)
    }
  }
  const answer = await answerFor(parts, token, signal)
  const at = parts.clock.now()
  const tooOld = at - lease.createdAt > givesUpAfterMs
  const status = answer.status === 'pending' && tooOld ? 'gave-up' : answer.status
  const nextAttemptAt = nextAttemptAfter(parts, lease.attempts, answer.retryAt)
  const isHeld = await settle(parts.database, async (db) => {
    const ended = { status, answer: answer.answer, nextAttemptAt, at }
    if (!(await recordAttempt(db, lease, ended))) return false
    if (status === 'pending') return true
    await parts.accounts.recordEvent(db, lease.accountId, {
      kind: status === 'revoked' ? 'revoked' : 'revocation-failed',
      connectionId: lease.connectionId,
      details: { workspace: lease.workspaceName, answer: answer.answer },
    })
    return true
  })
  if (!isHeld) return
  parts.live.changed(lease.accountId)
  parts.logger.info('connections.revocation', {
    revocationId: lease.revocationId,
    status,
    answer: answer.answer,
    attempts: lease.attempts + 1,
  })
}

async function answerFor(
  parts: ConnectionParts,
  token: Secret | SealErrorCode,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  if (token === 'unknown-key') return { status: 'pending', answer: 'locked' }
  if (token === 'altered') return { status: 'gave-up', answer: 'token-unreadable' }
  return await revokeAtAttio(parts, token, signal)
}

/** Asks Attio once and returns the outcome. Stores nothing. */
export async function revokeAtAttio(
  parts: ConnectionParts,
  token: Secret,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  const answer = await revokeAccessToken({
    endpoints: parts.attio.endpoints,
    accessToken: token.reveal(),
    fetch: parts.fetch,
    now: parts.clock.now,
    ...(signal && { signal }),
  })
  switch (answer.kind) {
    case 'revoked':
      // Attio answers 204; a 200 may come from a gateway.
      return answer.status === 204 || (await isDead(parts, token, signal))
        ? { status: 'revoked', answer: 'revoked' }
        : { status: 'pending', answer: 'unreadable' }
    case 'unreachable':
      return { status: 'pending', answer: answer.cause.kind }
    case 'unreadable':
      return (await isDead(parts, token, signal))
        ? { status: 'revoked', answer: 'already-dead' }
        : { status: 'pending', answer: 'unreadable' }
    case 'refused': {
      const said = `http-${answer.status}` as const
      if (answer.status === 429 || answer.status >= 500) {
        return { status: 'pending', answer: said, retryAt: answer.retryAt }
      }
      return (await isDead(parts, token, signal))
        ? { status: 'revoked', answer: 'already-dead' }
        : { status: 'pending', answer: said }
    }
  }
}

/** A refused revocation counts as success when the token is already dead. */
async function isDead(
  parts: ConnectionParts,
  token: Secret,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  try {
    return !(await clientWith(parts, token, signal).self.identify()).active
  } catch (error) {
    if (!isAttioFailure(error)) throw error
    return false
  }
}

function openToken(parts: ConnectionParts, lease: RevocationLease): Secret | SealErrorCode {
  if (lease.sealedAccessToken === undefined) return 'altered'
  const place = {
    field: 'attio.access_token',
    accountId: lease.accountId,
    rowId: lease.revocationId,
  } as const
  try {
    return parts.sealer.open(place, lease.sealedAccessToken)
  } catch (error) {
    if (!(error instanceof SealError)) throw error
    parts.logger.error('connections.token-unreadable', { revocationId: lease.revocationId, error })
    return error.code
  }
}

/** Limits a wait that Attio asks for to the longest back-off. */
function nextAttemptAfter(parts: ConnectionParts, failures: number, retryAt = 0): number {
  const at = parts.clock.now()
  const asked = Math.min(retryAt, at + backOff.longestMs)
  return Math.max(asked, at + backOffMs(parts.randomBytes, backOff, failures))
}

// Carries revocations to Attio, each after the webhook that its token made: one lease at a time, repeated with growing pauses through limits, errors and
// silence, for as long as a week. What happened is written down truthfully, since a person reads it.
import { isAttioFailure } from '@taskr/attio'
import { revokeAccessToken } from '@taskr/attio/oauth'
import type { RevocationId } from '../../support/ids.ts'
import { Secret } from '../../support/secret.ts'
import { clientWith } from '../calling/call-attio.ts'
import type { ConnectionParts } from '../connection-parts.ts'
import {
  leaseDueRevocation,
  postponeRevocation,
  recordAttempt,
  type RevocationLease,
} from './revocation-store.ts'
import { removeLeftWebhook } from './remove-webhook.ts'
import { SealError, type SealErrorCode } from '../keys/seal.ts'

const leaseMs = 60_000
const firstPauseMs = 15_000
const longestPauseMs = 6 * 3_600_000
const givesUpAfterMs = 7 * 24 * 3_600_000

/**
 * Works off what is due, or just the one revocation named, until the signal. What is left is left to the worker.
 * Returns how many attempts were made.
 */
export async function revokeDueTokens(
  parts: ConnectionParts,
  options: { readonly only?: RevocationId; readonly signal?: AbortSignal } = {},
): Promise<number> {
  let attempts = 0
  while (options.signal?.aborted !== true) {
    const at = parts.clock.now()
    const lease = await leaseDueRevocation(parts.database.db, {
      at,
      until: at + leaseMs,
      ...(options.only === undefined ? {} : { only: options.only }),
    })
    if (lease === undefined) return attempts
    await attempt(parts, lease, options.signal)
    attempts += 1
    if (options.only !== undefined) return attempts
  }
  return attempts
}

/** What the receipt is written from. */
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
    const left = await removeLeftWebhook(parts, { lease, token, leaseMs }, signal)
    if (left.kind === 'lost') return
    if (left.kind === 'again') {
      const until = Math.max(left.retryAt, parts.clock.now() + pauseMs(left.attempts))
      await postponeRevocation(parts.database.db, lease, until)
      return parts.live.changed(lease.accountId)
    }
  }
  const answer = await answerFor(parts, token, signal)
  const at = parts.clock.now()
  const tooOld = at - lease.createdAt > givesUpAfterMs
  const status = answer.status === 'pending' && tooOld ? 'gave-up' : answer.status
  const nextAttemptAt = Math.max(answer.retryAt ?? 0, at + pauseMs(lease.attempts))
  await parts.database.transaction(async (db) => {
    await recordAttempt(db, lease, { status, answer: answer.answer, nextAttemptAt, at })
    if (status === 'pending') return
    await parts.accounts.recordEvent(db, lease.accountId, {
      kind: status === 'revoked' ? 'revoked' : 'revocation-failed',
      connectionId: lease.connectionId,
      details: { workspace: lease.workspaceName, answer: answer.answer },
    })
  })
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

/** Asks once. What became of it is in the answer; nothing is written down. */
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
      return { status: 'revoked', answer: 'revoked' }
    case 'unreachable':
      return { status: 'pending', answer: answer.cause.kind }
    case 'unreadable':
      return { status: 'pending', answer: 'unreadable' }
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

/** A refused revocation is fine when the token is dead already. */
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

function pauseMs(attempts: number): number {
  return Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(attempts, 20))
}

// Sends one attempt if the circuit breaker is closed, the rate limiter grants a permit, and no pause
// began in the meantime.
import type { ReadAccessToken } from '../http/access-token.ts'
import { type ExchangeLimits, nameOf } from '../http/exchange.ts'
import { AttioUnavailableError } from '../errors.ts'
import { type Attempt, attemptOnce, type Outcome } from './attempt.ts'
import { type CircuitPermit, createCircuitBreaker } from './circuit-breaker.ts'
import type { LimitedCall, RateLimiter, ReleasePermit } from './rate-limiter.ts'
import { circuitBreakerStateOf, type SharedBackOff } from './shared-back-off.ts'

export interface GuardSettings extends ExchangeLimits {
  readonly api: string
  readonly sharedBackOff: SharedBackOff
  readonly readAccessToken: ReadAccessToken
  readonly rateLimiter?: RateLimiter | undefined
  readonly now: () => number
  readonly random: () => number
}

export type NotSent =
  /** A pause began before the attempt was sent. */
  { readonly kind: 'paused' } | { readonly kind: 'not-sent'; readonly error: AttioUnavailableError }

export type GuardedAttempt = (
  attempt: Omit<Attempt, 'token'> & Pick<LimitedCall, 'access'>,
  isPaused: () => boolean,
) => Promise<Outcome | NotSent>

export function createGuardedAttempt(settings: GuardSettings): GuardedAttempt {
  const { api, now, rateLimiter, readAccessToken, sharedBackOff } = settings
  const breaker = createCircuitBreaker(circuitBreakerStateOf(sharedBackOff, api), settings)

  return async ({ access, ...attempt }, isPaused) => {
    const until = breaker.openUntil()
    if (until !== undefined) return { kind: 'not-sent', error: breakerOpen(attempt, until) }
    let release: ReleasePermit | void
    try {
      release = await rateLimiter?.({ method: attempt.method, access }, settings.signal)
    } catch (error) {
      if (error instanceof AttioUnavailableError) return { kind: 'not-sent', error }
      throw error
    }
    try {
      const token = await readAccessToken()
      // Nothing below waits before the request is sent, so these checks still hold when it is.
      if (isPaused()) return { kind: 'paused' }
      const permit = breaker.tryEnter()
      if (permit === undefined) {
        return { kind: 'not-sent', error: breakerOpen(attempt, breaker.openUntil() ?? now()) }
      }
      return await attemptWith(permit, { ...attempt, token }, settings)
    } finally {
      await release?.()
    }
  }
}

async function attemptWith(
  permit: CircuitPermit,
  attempt: Attempt,
  limits: ExchangeLimits,
): Promise<Outcome> {
  let how: Parameters<CircuitPermit['leave']>[0] = 'abandoned'
  try {
    const outcome = await attemptOnce(attempt, limits)
    if (limits.signal?.aborted !== true) how = signOfHealth(outcome)
    return outcome
  } finally {
    permit.leave(how)
  }
}

function signOfHealth(outcome: Outcome): Parameters<CircuitPermit['leave']>[0] {
  if (outcome.kind === 'answered') return 'answered'
  const { failure } = outcome
  if (failure.kind !== 'status' || failure.status >= 500) return 'failed'
  // A gateway's page about one request says nothing about Attio's health.
  return failure.isFromAttio || failure.status === 429 ? 'answered' : 'abandoned'
}

function breakerOpen(attempt: Omit<Attempt, 'token'>, retryAt: number): AttioUnavailableError {
  const why = 'Attio failed several times in a row, and calls to it wait for a while'
  return new AttioUnavailableError(nameOf(attempt), why, { retryAt })
}

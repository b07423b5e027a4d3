// Lets an attempt go when it is its turn: not while Attio is spared, not before the app's other calls,
// not into a pause that began meanwhile.
import { type Attempt, attemptOnce, type Outcome } from './attempt.ts'
import type { ReadAccessToken } from '../http/access-token.ts'
import { createCircuit, type Passage } from './circuit-breaker.ts'
import { AttioUnavailableError } from '../errors.ts'
import type { AfterAttempt, Pace, PacedCall } from './rate-limiter.ts'
import { type ExchangeLimits, nameOf } from '../http/exchange.ts'
import { type AttioRestraint, circuitStateOf } from './shared-back-off.ts'

export interface TurnSettings extends ExchangeLimits {
  readonly api: string
  readonly restraint: AttioRestraint
  readonly readAccessToken: ReadAccessToken
  readonly pace?: Pace | undefined
  readonly now: () => number
  readonly random: () => number
}

export type NotSent =
  /** There is a new pause. */
  | { readonly kind: 'held-back' }
  | { readonly kind: 'not-sent'; readonly error: AttioUnavailableError }

export type AttemptInTurn = (
  attempt: Omit<Attempt, 'token'> & Pick<PacedCall, 'access'>,
  isHeldBack: () => boolean,
) => Promise<Outcome | NotSent>

export function createAttemptInTurn(settings: TurnSettings): AttemptInTurn {
  const { api, now, pace, readAccessToken, restraint, signal } = settings
  const circuit = createCircuit(circuitStateOf(restraint, api), settings)

  async function attemptWith(passage: Passage, attempt: Attempt): Promise<Outcome> {
    let how: Parameters<Passage['leave']>[0] = 'abandoned'
    try {
      const outcome = await attemptOnce(attempt, settings)
      if (signal?.aborted !== true) how = isDown(outcome) ? 'failed' : 'answered'
      return outcome
    } finally {
      passage.leave(how)
    }
  }

  return async ({ access, ...attempt }, isHeldBack) => {
    const until = circuit.refusesUntil()
    if (until !== undefined) return { kind: 'not-sent', error: spared(nameOf(attempt), until) }
    let whenOver: AfterAttempt | void
    try {
      whenOver = await pace?.({ method: attempt.method, access }, signal)
    } catch (error) {
      if (error instanceof AttioUnavailableError) return { kind: 'not-sent', error }
      throw error
    }
    try {
      const token = await readAccessToken()
      // All that took time. From here on nothing waits before it is sent.
      if (isHeldBack()) return { kind: 'held-back' }
      const passage = circuit.enter()
      if (passage === undefined) {
        const error = spared(nameOf(attempt), circuit.refusesUntil() ?? now())
        return { kind: 'not-sent', error }
      }
      return await attemptWith(passage, { ...attempt, token })
    } finally {
      await whenOver?.()
    }
  }
}

function spared(request: string, retryAt: number): AttioUnavailableError {
  const why = 'Attio failed several times in a row, and is asked again in a while'
  return new AttioUnavailableError(request, why, { retryAt })
}

/** No answer, or one that says that the server is not well. */
function isDown(outcome: Outcome): boolean {
  if (outcome.kind === 'answered') return false
  return outcome.failure.kind !== 'status' || outcome.failure.status >= 500
}
